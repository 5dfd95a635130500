"""Static files in production: named by content, compressed, each stylesheet and the script of pages as one file.

Each component and each module keeps a file of its own; a page on a thin line waits for one. They are read from the
sources, so that a second ``collectstatic`` sees the imports again.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEETS, SCRIPT = ("css/site.css", "css/office.css"), "start"
# Pages name it themselves: in the one script it would run a second time.
ALONE = {"patrol_form"}

_STYLE_IMPORT = re.compile(r'^@import url\("([^"]+)"\);$', re.MULTILINE)
# Comments are a quarter of what a phone would load; in scripts, those that have their lines to themselves.
_STYLE_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_STYLE_INDENT = re.compile(r"\n\s+")
_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)
_OWN_SCRIPT = re.compile(r"js/(\w+)\.js")
_IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"\./(\w+)\.js";\n', re.MULTILINE)
_LATE_IMPORT = re.compile(r'\bimport\("\./(\w+)\.js"\)')
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)


class JoinedFiles(CompressedManifestStaticFilesStorage):
    # Modules that import one another get the names by content too.
    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        if paths.keys() >= set(STYLESHEETS) and not options.get("dry_run"):
            for name, text in _joined(paths).items():
                Path(self.path(name)).write_text(text, encoding="utf-8")
                paths = {**paths, name: (self, name)}
        yield from super().post_process(paths, *args, **options)


def _joined(paths: dict[str, Any]) -> dict[str, str]:
    def source(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return str(file.read().decode())

    def script(name: str) -> str:
        return _COMMENT.sub("", source(f"js/{name}.js"))

    def sheet(name: str) -> str:
        text = _STYLE_IMPORT.sub(lambda match: source(f"css/{match[1]}"), source(name))
        return _STYLE_INDENT.sub("\n", _STYLE_COMMENT.sub("", text))

    scripts = {name: script(match[1]) for name in paths if (match := _OWN_SCRIPT.fullmatch(name))}
    sheets = {name: sheet(name) for name in STYLESHEETS}
    return {**sheets, **scripts, f"js/{SCRIPT}.js": joined_script(SCRIPT, script)}


def joined_script(first: str, source: Callable[[str], str]) -> str:
    """The module and all that it imports, each in a scope of its own, those that others need in front."""
    scopes: dict[str, str] = {}

    def add(name: str) -> None:
        text = source(name)
        needed = [match[2] for match in _IMPORT.finditer(text)] + _LATE_IMPORT.findall(text)
        for other in needed:
            if other not in scopes and other not in ALONE:
                add(other)
        scopes[name] = _scope(name, text)

    add(first)
    return "\n".join(scopes.values())


def _scope(name: str, text: str) -> str:
    """A module as the value of a constant: what it exports."""
    exported = ", ".join(_EXPORT.findall(text))
    text = _IMPORT.sub(lambda match: f"const {{{match[1]}}} = ${match[2]};\n" if match[1] else "", text)
    text = _LATE_IMPORT.sub(lambda match: match[0] if match[1] in ALONE else f"Promise.resolve(${match[1]})", text)
    text = _EXPORT.sub("", text)
    if left := re.search(r"^(?:import|export)\b.*", text, re.MULTILINE):
        raise ValueError(f"static/js/{name}.js: cluster/storage.py cannot join {left[0]!r}")
    return f"const ${name} = (() => {{\n{text}return {{ {exported} }};\n}})();"
