"""Excel lists as people keep them, for the tests of the import into registers."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook


def list_of(*rows: list[Any], title: str = "Sheet1") -> bytes:
    book = Workbook()
    page: Any = book.active
    page.title = title
    for row in rows:
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def posted(content: bytes, name: str = "danh-sach.xlsx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}
