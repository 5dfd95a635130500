"""What comes in as a file: bounded before any view, and on the disk before anything names it."""

import os

import pytest
from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from cluster.uploads import MOST, DurableFiles


@pytest.fixture
def storage(tmp_path):
    return DurableFiles(location=tmp_path / "files", file_permissions_mode=0o600, directory_permissions_mode=0o700)


class Cut(File):
    """An upload of which the second half never comes."""

    def chunks(self, chunk_size=None):
        yield b"first half"
        raise ConnectionResetError


def test_uploads_are_stored_by_it():
    assert isinstance(storages["default"], DurableFiles)


def test_file_is_whole_and_only_ours(storage, tmp_path):
    name = storage.save("photographs/one", ContentFile(b"content"))
    file = tmp_path / "files" / name
    modes = [oct(path.stat().st_mode & 0o777) for path in (file.parent.parent, file.parent, file)]
    assert (file.read_bytes(), modes) == (b"content", ["0o700", "0o700", "0o600"])
    assert os.listdir(file.parent) == ["one"]


def test_file_that_breaks_off_leaves_nothing(storage, tmp_path):
    with pytest.raises(ConnectionResetError):
        storage.save("photographs/one", Cut(None))
    assert os.listdir(tmp_path / "files" / "photographs") == []


def test_taken_name_is_not_written_over(storage, tmp_path):
    names = [storage.save("photographs/one", ContentFile(text)) for text in (b"first", b"second")]
    assert [(tmp_path / "files" / name).read_bytes() for name in names] == [b"first", b"second"]


def taken_in(*sizes):
    files = {f"file-{number}": SimpleUploadedFile("x", bytes(size)) for number, size in enumerate(sizes)}
    request = RequestFactory().post("/", files)
    found = [file.size for file in request.FILES.values()]
    request.close()
    return found


def test_files_up_to_the_limit_are_taken_in_whole():
    assert taken_in(5_000_000, 5_000_000) == [5_000_000, 5_000_000]


def test_what_is_beyond_the_limit_is_dropped_as_it_comes():
    assert MOST - 2**16 <= sum(taken_in(MOST, 30 * 2**20)) <= MOST
