"""What the project says of itself stays true: the environment it reads, what it depends on, the hosts it names."""

import ast
import re
import tomllib

import pytest

from cluster.tests.house import code_nodes, files, matches, text_of, tracked, tree_of

SETTINGS = "cluster/settings.py"
# Naming Django's settings is no setting of ours.
READS_NO_SETTING = ("DJANGO_SETTINGS_MODULE",)
# This machine, names that are reserved for examples (RFC 2606), and XML languages, which nobody fetches.
HOSTS = re.compile(
    r"localhost|127\.0\.0\.1|([\w-]+\.)*example(\.(org|com|net))?|[\w.-]+\.(test|invalid)"
    r"|www\.w3\.org|schemas\.openxmlformats\.org"
)
TEXTS = tuple(path for path in tracked() if not path.endswith((".csv", ".png", ".jpg", ".webp", ".xlsx", ".woff2")))


def environment_read(tree: ast.AST) -> set[str]:
    """The variables that ``env.str("NAME")``, ``env("NAME")`` and ``os.environ["NAME"]`` ask for."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    asked = [call.args[0] for call in calls if re.match(r"env\b|os\.environ\b|os\.getenv\b", ast.unparse(call.func))]
    asked += [
        node.slice
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) in ("os.environ", "env")
    ]
    return {name.value for name in asked if isinstance(name, ast.Constant) and isinstance(name.value, str)}


@pytest.mark.parametrize(
    "source", ['env.bool("A", default=True)', 'env("A")', 'os.environ["A"]', 'os.environ.get("A")', 'os.getenv("A")']
)
def test_environment_variable_is_found(source):
    assert environment_read(ast.parse(source)) == {"A"}


def test_readme_explains_every_variable():
    explained = set(re.findall(r"^\| *`([A-Z][A-Z_]+)`", text_of("README.md"), re.MULTILINE))
    assert environment_read(tree_of(SETTINGS)) - explained == set()


def test_tests_set_every_variable():
    """So that a developer's .env neither helps nor harms them."""
    given = set(re.findall(r"\b([A-Z][A-Z_]+)=", text_of(".ci/test-env")))
    assert environment_read(tree_of(SETTINGS)) - given == set()


def test_environment_is_read_in_one_place():
    readers = {
        path
        for path, node in code_nodes()
        if path != SETTINGS and isinstance(node, ast.Module) and environment_read(node) - set(READS_NO_SETTING)
    }
    assert readers == set()


def declared_dependencies() -> list[str]:
    """The requirements of pyproject.toml, each with its extras and without its version."""
    project = tomllib.loads(text_of("pyproject.toml"))
    lists = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    return [re.match(r"[\w.-]+(\[[\w,-]+\])?", line)[0] for lines in lists for line in lines]


def test_every_dependency_earns_a_sentence():
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+\S\.) \|$", text_of("CONTRIBUTING.md"), re.MULTILINE)
    explained = {name for names, _ in rows for name in re.split(r", (?![^\[]*\])", names)}
    assert set(declared_dependencies()) - explained == set()
    assert explained - set(declared_dependencies()) == set(), "explained, but not declared"


def test_locks_name_no_address():
    assert matches(r"://|@ file|git\+|^-[if]\b|^--(?!hash)", files("requirements.txt", "requirements-dev.txt")) == []


def test_locks_hold_a_hash_for_every_package():
    for lock in files("requirements.txt", "requirements-dev.txt"):
        packages = re.findall(r"^[\w.\[\],-]+==.*(?:\n .*)*", text_of(lock), re.MULTILINE)
        assert packages
        assert [package for package in packages if "--hash=sha256:" not in package] == []


def test_no_file_names_a_registry():
    # Written so that the pattern does not find itself.
    pattern = r"pypi\.org|pythonhosted\.org|npmjs\.|/(simple)\b|--(extra-)?index-url|--(find)-links|(PIP|UV)_\w*INDEX"
    assert matches(pattern, list(TEXTS)) == []


def test_addresses_stay_on_this_machine():
    """Nobody's browser, shell or test is sent to a host that we do not run."""
    found = [
        f"{path} {host}"
        for path in TEXTS
        for host in re.findall(r"\b(?:https?|wss?|ftp)://(?:[^\s/@]*@)?([\w.-]+)", text_of(path))
        if not HOSTS.fullmatch(host)
    ]
    assert found == []


def test_no_third_party_code_is_copied_in():
    """A minified file, a source map or a licence header of somebody else's."""
    assert [path for path in tracked() if re.search(r"\.min\.|\.map$|(^|/)(vendor|node_modules|dist)/", path)] == []


def test_secrets_stay_out_of_the_tree():
    assert [path for path in tracked() if re.search(r"(^|/)\.env|\.sqlite3?$|\.(pem|key|p12)$|^\.data/", path)] == []
