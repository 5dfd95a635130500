"""What the house tests read: the tracked tree, each file parsed once."""

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
# In the one direction that imports may go.
APPS = ("cluster", "patrols", "incidents", "reports")


@cache
def tracked() -> tuple[str, ...]:
    """Every file that git knows here, as a path from the top folder."""
    # The folder may belong to somebody else than who runs the tests, as in a container.
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    names = subprocess.run(command, cwd=TOP, check=True, capture_output=True, text=True).stdout.split("\0")
    return tuple(name for name in names if name and (TOP / name).is_file())


@cache
def text_of(path: str) -> str:
    return (TOP / path).read_text(encoding="utf-8")


@cache
def tree_of(path: str) -> ast.Module:
    return ast.parse(text_of(path), path)


def files(*suffixes: str, under: str = "") -> list[str]:
    return [path for path in tracked() if path.endswith(suffixes) and path.startswith(under)]


def is_test(path: str) -> bool:
    return "/tests/" in path


def python_files(*, tests: bool = False) -> list[str]:
    """Our modules, without migrations; ``tests`` adds those of the tests."""
    return [path for path in files(".py") if "/migrations/" not in path and (tests or not is_test(path))]


def code_nodes(*, tests: bool = False) -> Iterator[tuple[str, ast.AST]]:
    return ((path, node) for path in python_files(tests=tests) for node in ast.walk(tree_of(path)))


def matches(pattern: str | re.Pattern[str], paths: list[str]) -> list[str]:
    """``path:line text`` of every place that the pattern finds."""
    return [
        f"{path}:{text_of(path).count(chr(10), 0, found.start()) + 1} {found[0].strip()[:80]}"
        for path in paths
        for found in re.finditer(pattern, text_of(path))
    ]


def offences(test: Callable[[ast.AST], bool], source: str) -> list[int]:
    """The lines of the nodes in ``source`` for which the test is true."""
    return [getattr(node, "lineno", 0) for node in ast.walk(ast.parse(source)) if test(node)]
