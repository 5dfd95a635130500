"""A paper on its way to the reader's machine."""

from urllib.parse import quote

from django.db.models.fields.files import FieldFile
from django.http import HttpResponse

from cluster.fields import fold

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"
# What a file system or a header would read as something else.
_UNSAFE = str.maketrans(dict.fromkeys('\\/:*?"<>|;%', "-"))


def disposition(name: str) -> str:
    """The header of a download: the name in Vietnamese (RFC 5987), without marks for a browser that is too old."""
    safe = " ".join("".join(c for c in name.translate(_UNSAFE) if c.isprintable()).split())
    ascii_only = "".join(c for c in fold(safe).replace(" ", "-") if c.isascii())
    return f"attachment; filename=\"{ascii_only}\"; filename*=UTF-8''{quote(safe, safe='')}"


def as_download(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    headers = {"Content-Disposition": disposition(name), "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def as_upload(stored: FieldFile, *, name: str, content_type: str) -> HttpResponse:
    """A file that somebody sent us; a browser saves it and runs nothing of it (security.md 24)."""
    headers = {
        "Content-Disposition": disposition(name),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        # A picture is compressed as it is; to try again costs time.
        "Content-Encoding": "identity",
    }
    # At most as large as an upload: small enough to be sent in one piece, which closes the file here.
    with stored.open() as file:
        return HttpResponse(file.read(), content_type=content_type, headers=headers)
