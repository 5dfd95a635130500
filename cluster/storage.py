"""Static files in production: names by content, compressed, and the stylesheet as one file."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEET = "css/site.css"
_IMPORT = re.compile(r'^@import url\("([^"]+)"\);$', re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)  # a quarter of what a phone would load


class OneStylesheet(CompressedManifestStaticFilesStorage):
    """Puts the files that css/site.css imports in place of its imports.

    Each component keeps a file of its own, and the first paint of a page still waits for one stylesheet only. It is
    read from the sources, so that a second ``collectstatic`` sees the imports again.
    """

    # Modules that import one another get the names by content too.
    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        if STYLESHEET in paths and not options.get("dry_run"):
            Path(self.path(STYLESHEET)).write_text(_joined(paths), encoding="utf-8")
            paths = {**paths, STYLESHEET: (self, STYLESHEET)}
        yield from super().post_process(paths, *args, **options)


def _joined(paths: dict[str, Any]) -> str:
    def source(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return str(file.read().decode())

    return _COMMENT.sub("", _IMPORT.sub(lambda match: source(f"css/{match[1]}"), source(STYLESHEET)))
