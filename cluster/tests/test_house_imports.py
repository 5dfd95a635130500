"""Imports run one way (style.md, "Where code goes"). Strings in settings and URLconfs may name any app."""

import ast

import pytest

from cluster.tests.house import APPS, python_files, tree_of

LAYERS = ("models", "services", "forms", "views")


def imported(tree: ast.Module, path: str) -> list[tuple[int, str]]:
    """Line and dotted name of each import, those inside functions too; ``from a import b`` reads ``a.b``."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            package = path.split("/")[: -node.level] if node.level else []
            base = ".".join([*package, *filter(None, [node.module])])
            found += [(node.lineno, f"{base}.{alias.name}") for alias in node.names]
    return found


def goes_back(path: str, name: str) -> bool:
    """Whether a module of one app imports a later one."""
    app, other = path.split("/")[0], name.split(".")[0]
    return app in APPS and other in APPS and APPS.index(other) > APPS.index(app)


def layer(parts: list[str]) -> int | None:
    """Which of the layers a module of an app stands in, if in any."""
    return LAYERS.index(parts[1]) if len(parts) > 1 and parts[0] in APPS and parts[1] in LAYERS else None


def climbs(path: str, name: str) -> bool:
    """Whether a module imports a higher layer, of its own app or of another."""
    here, there = layer(path.removesuffix(".py").split("/")), layer(name.split("."))
    return here is not None and there is not None and there > here


@pytest.mark.parametrize("breaks_rule", [goes_back, climbs])
def test_imports_run_one_way(breaks_rule):
    found = [
        f"{path}:{line} {name}"
        for path in python_files(tests=True)
        for line, name in imported(tree_of(path), path)
        if breaks_rule(path, name)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("path", "source", "breaks_rule"),
    [
        ("cluster/access.py", "from patrols.models import JointPatrol", goes_back),
        ("patrols/services.py", "def f():\n    import incidents.models", goes_back),
        ("incidents/tests/test_a.py", "from reports import figures", goes_back),
        ("patrols/models.py", "from patrols.services import log_patrol", climbs),
        ("patrols/services.py", "from patrols import forms", climbs),
        ("cluster/models/people.py", "from ..services import save_with_history", climbs),
        ("incidents/forms.py", "if True:\n    from patrols.views import patrol_new", climbs),
    ],
)
def test_an_import_the_other_way_is_found(path, source, breaks_rule):
    assert [name for _, name in imported(ast.parse(source), path) if breaks_rule(path, name)]
