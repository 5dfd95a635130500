"""What our Python never does (security.md 21) and how it is cut (style.md)."""

import ast
import re

import pytest

from cluster.tests.house import code_nodes, matches, offences, python_files, text_of, tree_of

LONGEST_FUNCTION = 60
LONGEST_MODULE = 450
LONGEST_SETTINGS = 200
# Where a reader looks for the rules: every function at the top of these says what it promises.
EXPLAINED = ("/services.py", "reports/figures.py", "reports/reckoning.py", "reports/declared.py")

ORM_CALLS = {
    *("filter", "exclude", "get", "get_or_create", "create", "update", "update_or_create", "aggregate", "annotate"),
    *("alias", "bulk_create", "get_object_or_404", "get_list_or_404", "Q"),
}
NAMING_CALLS = {"order_by", "values", "values_list", "only", "defer", "select_related", "prefetch_related", "distinct"}
# Each runs text as code or as markup, reads markup as a person would not, or goes past the ORM. No rule here looks
# at tests: some try the very thing.
FORBIDDEN_CALLS = {
    *("extra", "RawSQL", "raw", "mark_safe", "SafeString", "SafeText", "eval", "exec", "__import__"),
    *("urlize", "urlizetrunc", "strip_tags", "striptags", "truncatechars_html", "truncatewords_html", "csrf_exempt"),
}
FORBIDDEN_MODULES = (
    *("pickle", "marshal", "shelve", "xml", "lxml", "django.contrib.gis", "django.core.serializers"),
    *("django.core.asgi", "asgiref"),
)


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def speaks_of_request(node: ast.AST) -> bool:
    """Whether the expression holds the names a client sent; a value taken by its name is no such thing."""
    words = {getattr(part, "id", None) or getattr(part, "attr", "") for part in ast.walk(node)}
    return bool(words & {"request", "GET", "POST", "FILES", "cleaned_data", "data", "params"})


def takes_names_from_request(node: ast.AST) -> bool:
    """``filter(**request.GET)`` or ``order_by(request.GET["sort"])``: the client would choose what is asked."""
    if not isinstance(node, ast.Call):
        return False
    names = [part.value for part in node.keywords if part.arg is None] if called(node) in ORM_CALLS else []
    names += node.args if called(node) in NAMING_CALLS else []
    # Of a literal dict the keys name columns; its values are data.
    return any(
        speaks_of_request(key)
        for name in names
        for key in (name.keys if isinstance(name, ast.Dict) else [name])
        if key is not None
    )


def calls_forbidden(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and called(node) in FORBIDDEN_CALLS


def names_forbidden(node: ast.AST) -> bool:
    """A decorator without brackets, or another name for the function, is a use as good as a call."""
    return isinstance(node, ast.Name) and node.id in FORBIDDEN_CALLS - {"extra", "raw"}


def imports_forbidden(node: ast.AST) -> bool:
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
    if isinstance(node, ast.ImportFrom):
        names = [f"{node.module}.{alias.name}" for alias in node.names]
        if any(alias.name in FORBIDDEN_CALLS for alias in node.names):
            return True
    return any(name == module or name.startswith(f"{module}.") for name in names for module in FORBIDDEN_MODULES)


def fills_markup_by_hand(node: ast.AST) -> bool:
    """``format_html`` escapes its arguments only, so its first one is a plain literal."""
    return isinstance(node, ast.Call) and called(node) == "format_html" and not isinstance(node.args[0], ast.Constant)


def catches_everything(node: ast.AST) -> bool:
    if not isinstance(node, ast.ExceptHandler):
        return False
    caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(name is None or ast.unparse(name) in ("Exception", "BaseException") for name in caught)


def turns_debug_on(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Assign)
        and any(getattr(target, "id", "") in ("DEBUG", "TEMPLATE_DEBUG") for target in node.targets)
        and getattr(node.value, "value", None) is True
    )


RULES = {
    takes_names_from_request: [
        "rows.filter(**request.GET.dict())",
        "Row.objects.create(**form.cleaned_data)",
        "rows.filter(**{request.GET['by']: 1})",
        "rows.order_by(request.GET.get('sort'))",
        "rows.values_list(*request.GET.getlist('column'))",
    ],
    calls_forbidden: ["rows.extra(where=[sql])", "RawSQL(sql, [])", "mark_safe(text)", "eval(text)", "exec(text)"],
    names_forbidden: ["@csrf_exempt\ndef view(request): ...", "show = mark_safe"],
    imports_forbidden: [
        *("import pickle", "from xml.etree import ElementTree", "from django.contrib.gis.db import models"),
        *("from django.core import serializers", "from django.utils.safestring import mark_safe as m"),
    ],
    fills_markup_by_hand: ["format_html(f'<b>{name}</b>')", "format_html('<b>%s</b>' % name)", "format_html(html)"],
    catches_everything: [
        "try: f()\nexcept Exception: pass",
        "try: f()\nexcept: pass",
        "try: f()\nexcept (OSError, Exception): pass",
    ],
    turns_debug_on: ["DEBUG = True"],
}


@pytest.mark.parametrize("rule", RULES)
def test_code_never(rule):
    assert [f"{path}:{getattr(node, 'lineno', 0)}" for path, node in code_nodes() if rule(node)] == []


@pytest.mark.parametrize(("rule", "source"), [(rule, source) for rule, sources in RULES.items() for source in sources])
def test_code_that_does_is_found(rule, source):
    assert offences(rule, source)


@pytest.mark.parametrize(
    "source",
    [
        "rows.filter(name=request.GET.get('q'), **{f'{path}__isnull': True})",
        "format_html('<a href=\"{}\">{}</a>', address, text)",
        "rows.order_by('name')",
        "try: f()\nexcept ValueError: pass",
    ],
)
def test_code_that_does_not_is_left_alone(source):
    assert not [rule for rule in RULES if offences(rule, source)]


def functions(path: str) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef)]


def positional_booleans(function: ast.FunctionDef) -> list[ast.arg]:
    """Parameters that a call could fill with a bare True: annotated as a bool or with one as default."""
    arguments = function.args.posonlyargs + function.args.args
    defaults: list[ast.expr | None] = [None] * (len(arguments) - len(function.args.defaults))
    return [
        argument
        for argument, default in zip(arguments, [*defaults, *function.args.defaults], strict=True)
        if (argument.annotation and "bool" in ast.unparse(argument.annotation).split(" | "))
        or isinstance(getattr(default, "value", None), bool)
    ]


def test_booleans_are_named_where_they_are_passed():
    """Where the signature is somebody else's, the line says whose, in words behind the noqa that ruff asks for."""
    excused = re.compile(r"# noqa: FBT001(, FBT002)?  \S+")
    found = [
        f"{path}:{argument.lineno} {function.name}({argument.arg})"
        for path in python_files()
        for function in functions(path)
        for argument in positional_booleans(function)
        if not excused.search(text_of(path).splitlines()[argument.lineno - 1])
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def f(a: int, b: bool): ...", ["b"]),
        ("def f(b=False, *, c=True): ...", ["b"]),
        ("def f(b: bool | None = None): ...", ["b"]),
        ("def f(*, b: bool = True, c: Callable[..., bool]): ...", []),
    ],
)
def test_positional_boolean_is_found(source, names):
    (function,) = ast.parse(source).body
    assert [argument.arg for argument in positional_booleans(function)] == names


def test_functions_fit_on_a_page():
    found = [
        f"{path}:{function.lineno} {function.name}: {length} lines"
        for path in python_files()
        for function in functions(path)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]
    assert found == []


def test_modules_hold_one_idea():
    lengths = {path: len(text_of(path).splitlines()) for path in python_files(tests=True)}
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}
    assert lengths["cluster/settings.py"] < LONGEST_SETTINGS


def test_rules_are_explained():
    found = [
        f"{path}:{node.lineno} {node.name}"
        for path in python_files()
        if path.endswith(EXPLAINED) or "/services/" in path
        for node in tree_of(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if not ast.get_docstring(node)
    ]
    assert found == []


def test_nothing_is_left_for_later():
    """``skip`` and ``xfail`` would be promises nobody checks; an ignored type or lint says which one."""
    marks = r"\b(TODO|FIXME|XXX|HACK)\b|pytest\.(mark\.)?(skip|xfail)|# type: ignore(?!\[)|# noqa(?!: )|\bbreakpoint\("
    here = "cluster/tests/test_house_code.py"
    assert matches(marks, [path for path in python_files(tests=True) if path != here]) == []
