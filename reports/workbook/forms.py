"""The form that takes a workbook."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from cluster.workbook.answers import MAX_BYTES, UnreadableWorkbook
from reports.workbook.read import Book, read_book

# A browser waits for its answer, and a worker with it; the command takes more.
MAX_ROWS_BY_BROWSER = 5_000


class WorkbookForm(forms.Form):
    """A valid form holds the rows as ``book`` and the bytes as ``content``."""

    file = forms.FileField(
        label=_("Workbook"),
        max_length=200,
        validators=[FileExtensionValidator(["xlsx"])],
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("An Excel file (.xlsx) with at most 5,000 rows and 10 MB."),
    )
    book: Book
    content: bytes

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        self.content = file.read(MAX_BYTES + 1)
        try:
            self.book = read_book(self.content, max_total=MAX_ROWS_BY_BROWSER)
        except UnreadableWorkbook as error:
            raise ValidationError(str(error), code="unreadable") from None
        if self.book.is_empty and not self.book.problems:
            raise ValidationError(_("There is nothing to import: the sheets hold no rows."), code="empty")
        return file
