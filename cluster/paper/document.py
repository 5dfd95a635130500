"""What stands in an official paper, without a word of how it looks: the writers know that."""

import datetime as dt
import enum
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from cluster.numbers import official_date

# What a person fills in by hand.
BLANK = "……"
# Phụ lục I counts points by the Vietnamese alphabet: đ stands between d and e, and there is no f, j, w or z.
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"
END = "./."


@dataclass(frozen=True, kw_only=True)
class Agency:
    """Who issues the paper and, above that, the bodies it belongs to (none for a body of its own)."""

    name: str
    superiors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Part:
    """Counted "Phần I", "Phần II", … on a line of its own above its title; sections count anew in each."""

    title: str


@dataclass(frozen=True)
class Section:
    """A heading that is counted I., II., III. and set in capitals."""

    title: str


@dataclass(frozen=True)
class Clause:
    """Counted 1., 2., 3. within its section; bold where it is the heading of what follows."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True)
class Points:
    """Counted a), b), c), d), đ), e)."""

    texts: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.texts) > len(POINT_LETTERS):
            raise ValueError("More points than letters: they belong into clauses.")


class Align(enum.StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, kw_only=True)
class Column:
    """``width`` is this column's share of the line, beside those of the others."""

    title: str
    width: int
    align: Align = Align.LEFT


@dataclass(frozen=True, kw_only=True)
class Table:
    """Texts only, row by row; ``total`` is a last row in bold, as are those whose places stand in ``bold``.

    The header is repeated on every page. A dense table has small letters, for much text in many columns. Without a
    title it is that of the appendix.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    bold: frozenset[int] = frozenset()
    is_dense: bool = False

    def __post_init__(self) -> None:
        rows = [*self.rows, *filter(None, [self.total])]
        if any(len(row) != len(self.columns) for row in rows):
            raise ValueError("A row has not as many cells as the table has columns.")

    @property
    def all_rows(self) -> list[tuple[tuple[str, ...], bool]]:
        """Every row below the header, and whether it is bold."""
        return [(row, place in self.bold) for place, row in enumerate(self.rows)] + [(self.total, True)] * bool(
            self.total
        )


Block = Paragraph | Part | Section | Clause | Points | Table


@dataclass(frozen=True, kw_only=True)
class Appendix:
    """Begins on a page of its own and counts its pages anew; on its side where a table is wide."""

    title: str
    blocks: tuple[Block, ...]
    is_wide: bool = False


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs: "TM. BAN ĐIỀU HÀNH" and "TRƯỞNG BAN" on a line each, then room, then the name, if it is known.

    ``post`` is the post in the signer's own agency, said above the name where its seal is used.
    """

    lines: tuple[str, ...]
    hint: str = ""
    post: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """``kind`` is "Báo cáo" or "Biên bản", ``abstract`` what it is about; ``day`` dates the paper and its file.

    ``number`` stands before the ``symbol``: 5 and "BC-BĐH" read "Số: 05/BC-BĐH". ``mark`` is a word in a frame.
    ``drafter`` says who wrote it and how many copies there are: "PL.(300)". A draft has neither number nor day yet.
    """

    agency: Agency
    symbol: str
    kind: str
    abstract: str
    place: str
    day: dt.date
    blocks: tuple[Block, ...]
    number: int | None = None
    mark: str = ""
    addressees: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    drafter: str = ""
    appendices: tuple[Appendix, ...] = ()
    is_draft: bool = False

    def __post_init__(self) -> None:
        if self.is_draft and self.number is not None:
            raise ValueError("A draft bears no number.")

    @property
    def title(self) -> str:
        """The name of the file's contents, as a reader's window shows it."""
        return plain(f"{self.kind} {self.abstract}")

    @property
    def number_line(self) -> str:
        number = BLANK if self.number is None else f"{self.number:02d}"
        return f"Số: {number}/{self.symbol}"

    @property
    def place_and_date(self) -> str:
        return f"{self.place}, {self._dated}"

    @property
    def _dated(self) -> str:
        return f"ngày {BLANK} tháng {BLANK} năm {self.day.year}" if self.is_draft else official_date(self.day)

    @property
    def framed(self) -> str:
        """What stands in the frame: that it is a draft, and the mark."""
        return " – ".join(filter(None, ["Dự thảo" if self.is_draft else "", self.mark])).upper()

    @property
    def appendix_reference(self) -> str:
        """As "(Kèm theo Báo cáo số 05/BC-BĐH ngày 05 tháng 01 năm 2018 của Ban điều hành cụm)"."""
        number = self.number_line.removeprefix("Số: ")
        return f"(Kèm theo {self.kind} số {number} {self._dated} của {self.agency.name})"

    def appendix_name(self, place: int) -> str:
        """ "Phụ lục I"; of only one, without a number."""
        return f"Phụ lục {roman(place)}" if len(self.appendices) > 1 else "Phụ lục"


def plain(text: str) -> str:
    """One line in NFC, without the characters that neither paper nor XML knows."""
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cs") and c not in "\ufffe\uffff")


class Role(enum.StrEnum):
    """What a line of the body is; each writer gives it a style."""

    PARAGRAPH = "paragraph"
    PART = "part"
    PART_TITLE = "part-title"
    SECTION = "section"
    CLAUSE = "clause"
    CLAUSE_HEADING = "clause-heading"
    POINT = "point"


@dataclass(frozen=True)
class Line:
    role: Role
    text: str


def body(document: Document) -> list[Line | Table]:
    """The blocks with their numbers, and the mark that ends the text (Phụ lục III) behind the last of them."""
    lines = list(numbered(document.blocks))
    last = lines[-1] if lines else None
    if isinstance(last, Line):
        lines[-1] = Line(last.role, last.text.rstrip(" ./") + END)
    else:
        lines.append(Line(Role.PARAGRAPH, END))
    return lines


def numbered(blocks: tuple[Block, ...]) -> Iterator[Line | Table]:
    """The blocks with their numbers as typed text."""
    parts = sections = clauses = 0
    for block in blocks:
        match block:
            case Part():
                parts, sections, clauses = parts + 1, 0, 0
                yield Line(Role.PART, f"Phần {roman(parts)}")
                yield Line(Role.PART_TITLE, block.title.upper())
            case Section():
                sections, clauses = sections + 1, 0
                yield Line(Role.SECTION, f"{roman(sections)}. {block.title.upper()}")
            case Clause():
                clauses += 1
                role = Role.CLAUSE_HEADING if block.is_heading else Role.CLAUSE
                yield Line(role, f"{clauses}. {block.text}")
            case Points():
                for letter, text in zip(POINT_LETTERS[: len(block.texts)], block.texts, strict=True):
                    yield Line(Role.POINT, f"{letter}) {text}")
            case Paragraph():
                yield Line(Role.PARAGRAPH, block.text)
            case Table():
                yield block


def roman(number: int) -> str:
    """1 to 39, more sections than any paper has."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def recipient_lines(document: Document) -> list[str]:
    """Each behind a dash, with a semicolon, the last with a full stop."""
    texts = [f"- {text}" for text in document.recipients]
    return [f"{text};" for text in texts[:-1]] + [f"{text}." for text in texts[-1:]]
