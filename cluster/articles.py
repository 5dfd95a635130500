"""The articles of a regulation, read from its text as it stands on paper: a head "Điều 5. …", then its text."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cluster.fields import nfc

_HEAD = re.compile(r"(?:Điều|Article)\s+(\d{1,3})\s*(?:[.:]\s*|\s+|$)(.*)", re.IGNORECASE)
_CHAPTER = re.compile(r"(?:Chương|Mục|Chapter)\s+[IVXLC\d]+\b.*", re.IGNORECASE)
LONGEST_TITLE = 200


@dataclass(frozen=True)
class ArticleText:
    number: int
    title: str
    text: str


def articles_in(text: str) -> list[ArticleText]:
    """The articles in the order of the text. The heads of chapters, which group them, are left out.

    Raises ``ValidationError`` where a line belongs to no article, or a number comes twice.
    """
    found: list[tuple[int, str, list[str]]] = []
    is_under_chapter = False
    for line in filter(None, nfc(text).split("\n")):
        if head := _HEAD.fullmatch(line):
            found.append((int(head[1]), head[2], []))
        elif _CHAPTER.fullmatch(line):
            is_under_chapter = True
            continue
        elif is_under_chapter and line.isupper():  # the name of the chapter, in capitals on paper
            continue
        elif not found:
            raise ValidationError(_("“%(line)s” stands before the first article."), params={"line": line[:60]})
        else:
            found[-1][2].append(line)
        is_under_chapter = False
    _check(found)
    return [ArticleText(number, title, "\n".join(lines)) for number, title, lines in found]


def _check(found: list[tuple[int, str, list[str]]]) -> None:
    numbers = [number for number, _title, _lines in found]
    if twice := next((number for number in numbers if numbers.count(number) > 1), None):
        raise ValidationError(_("Article %(number)s comes twice."), params={"number": twice})
    if long := next((number for number, title, _lines in found if len(title) > LONGEST_TITLE), None):
        raise ValidationError(
            _("The title of article %(number)s is too long: put its text on a line of its own."),
            params={"number": long},
        )


def check_articles(text: str) -> None:
    """The validator of a text of articles."""
    articles_in(text)
