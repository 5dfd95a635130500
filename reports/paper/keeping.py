"""The files of a review: a draft's are made anew each time, those of a signed one once.

They are stored as they first left: the next version of the program, of a library or of a font would set the same
content in other bytes, and a paper that was signed must not change. They are made when it is signed, or at the first
download where it was signed without the page. A countersignature or a closed amendment makes another issue of the
paper; the ones before stay.
"""

import datetime as dt
import hashlib
from collections.abc import Callable

from django.utils import translation

from cluster.paper import pdf_of, word_of
from cluster.paper.download import EXCEL, PDF, WORD
from reports.edition import Edition
from reports.models import Review, SignedPaper
from reports.paper.material import Material, material_of
from reports.paper.review import report_of
from reports.paper.workbook import book_of
from reports.wording import period_name

Format = SignedPaper.Format
CONTENT_TYPES = {Format.WORD: WORD, Format.PDF: PDF, Format.EXCEL: EXCEL}
_MAKERS: dict[str, Callable[[Material], bytes]] = {
    Format.WORD: lambda material: word_of(report_of(material)),
    Format.PDF: lambda material: pdf_of(report_of(material)),
    Format.EXCEL: book_of,
}


def make_file(edition: Edition, format_: str, *, as_signed: bool = False) -> bytes:
    """The file of what the edition says now."""
    with translation.override("vi"):
        return _MAKERS[format_](material_of(edition, as_signed=as_signed))


def file_of(edition: Edition, format_: str, *, now: dt.datetime, as_signed: bool = False) -> bytes:
    """The file to hand out: of a signed review the stored one, which the first who asks for it makes."""
    review = edition.review
    if review is None or not review.is_signed:
        return make_file(edition, format_)
    issue = _issue_of(review, as_signed=as_signed)
    if stored := SignedPaper.objects.filter(review=review, format=format_, **issue).first():
        return bytes(stored.content)
    content = make_file(edition, format_, as_signed=as_signed)
    # Of two who ask at once, both get what the first has stored.
    stored, _is_new = SignedPaper.objects.get_or_create(
        review=review,
        format=format_,
        **issue,
        defaults={"content": content, "sha256": hashlib.sha256(content).hexdigest(), "made_at": now},
    )
    return bytes(stored.content)


def keep_files(review: Review, *, now: dt.datetime) -> None:
    """Store the files of a review that has just been signed, countersigned or amended."""
    for format_ in Format.values:
        file_of(Edition.of(review), format_, now=now)


def _issue_of(review: Review, *, as_signed: bool) -> dict[str, int]:
    """By how many signatures and amendments below the first an issue differs from those before it."""
    if as_signed:
        return {"amendments": 0, "countersignatures": 0}
    return {
        "amendments": review.amendments.exclude(closed_at=None).count(),
        "countersignatures": review.countersignatures.count(),
    }


def file_name(edition: Edition, format_: str) -> str:
    """As "Báo cáo năm 2017 le-thuy-vinh-linh.docx"."""
    with translation.override("vi"):
        return f"Báo cáo {period_name(edition.period, edition.cluster)} {edition.cluster.slug}.{format_}"
