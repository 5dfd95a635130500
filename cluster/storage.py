"""Static files in production: names by content, compressed, without comments, and the stylesheet as one file."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/site.css"
_IMPORT = re.compile(r'^@import url\("([^"]+)"\);$', re.MULTILINE)
# A quarter of what a phone would load. In a script only those that have their lines to themselves.
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_SCRIPT_COMMENT = re.compile(r"^[ \t]*(?:/\*.*?\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)
_OWN_SCRIPT = re.compile(r"js/\w+\.js")


class OneStylesheet(CompressedManifestStaticFilesStorage):
    """Puts the files that css/site.css imports in place of its imports.

    Each component keeps a file of its own, and the first paint of a page still waits for one stylesheet only. It is
    read from the sources, so that a second ``collectstatic`` sees the imports again.
    """

    # Modules that import one another get the names by content too.
    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        if STYLESHEET in paths and not options.get("dry_run"):
            scripts = {
                name: _SCRIPT_COMMENT.sub("", _source(paths, name)) for name in paths if _OWN_SCRIPT.fullmatch(name)
            }
            for name, text in {STYLESHEET: _joined(paths), **scripts}.items():
                Path(self.path(name)).write_text(text, encoding="utf-8")
                paths = {**paths, name: (self, name)}
        yield from super().post_process(paths, *args, **options)


def _source(paths: dict[str, Any], name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())


def _joined(paths: dict[str, Any]) -> str:
    sheet = _IMPORT.sub(lambda match: _source(paths, f"css/{match[1]}"), _source(paths, STYLESHEET))
    return _COMMENT.sub("", sheet)
