"""Files that people send: bounded before any view has looked at them, on the disk before anything names them."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadhandler import FileUploadHandler

# A little more than the largest file a form takes, so that the form sees that this one is too large and says so.
MOST = 10 * 2**20 + 2**16


class Bounded(FileUploadHandler):
    """Stands before Django's own: the files of a request fill neither memory nor disk, the rest of them is dropped."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.taken += len(raw_data)
        return raw_data if self.taken <= MOST else None

    def file_complete(self, file_size: int) -> None:
        """The handlers behind this one make the file."""


class DurableFiles(FileSystemStorage):
    """A file is whole and on the disk before anything can name it: written aside, flushed, renamed (security.md 2)."""

    def _save(self, name: str, content: File) -> str:
        path = Path(self.path(name))
        self._make_folder(path.parent)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".aside-", delete=False) as aside:
            try:
                for chunk in content.chunks():
                    aside.write(chunk)
                aside.flush()
                os.fchmod(aside.fileno(), self.file_permissions_mode or 0o600)
                os.fsync(aside.fileno())
                os.rename(aside.name, path)
            finally:
                # Renamed it is gone from here; whatever went wrong, nothing stays.
                Path(aside.name).unlink(missing_ok=True)
        _flush_folder(path.parent)
        return name

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(mode=self.directory_permissions_mode or 0o700, exist_ok=True)
        _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    """The name of a file is stored in its folder, which is flushed on its own."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
