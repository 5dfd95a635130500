"""The report on a review (báo cáo) in the outline that such reports have, with the tables of figures behind it."""

from collections.abc import Iterator, Sequence

from django.utils import translation
from django.utils.text import capfirst

from cluster.models import PaperSettings
from cluster.numbers import day, official_date
from cluster.paper import Agency, Align, Appendix, Clause, Document, Paragraph, Section, Signature, Table
from cluster.paper import Column as PaperColumn
from cluster.paper.document import Block
from cluster.templatetags.ui import first_sentence
from reports.models import Conference, Review
from reports.models import Section as Text
from reports.paper.material import Material, wall_clock
from reports.paper.narrative import blocks_of, listed, points_of
from reports.paper.sheets import Kind, Sheet, Sheets, in_words
from reports.periods import Period
from reports.wording import period_name

# The kind of paper by Phụ lục III.
REPORT = "BC"
_ROOM_TO_WRITE = "…" * 58


def report_of(material: Material) -> Document:
    """The paper of an edition; a draft bears neither number nor day, and says that it is one."""
    with translation.override("vi"):
        return _Report(material).document()


def kind_of_review(period: Period) -> str:
    """What a paper calls it: a year is summed up, a part of one is looked over on the way."""
    return "Tổng kết" if period.is_whole_year else "Sơ kết"


def proposed_conference(review: Review) -> dict[str, object]:
    """What the form of the conference that concludes the review begins with, its name as on the banner."""
    with translation.override("vi"):
        period, cluster = review.period, review.cluster
        outlook = f", triển khai nhiệm vụ năm {period.end.year + 1}" if period.is_year_of(cluster) else ""
        kind = Conference.Kind.ANNUAL if period.is_whole_year else Conference.Kind.INTERIM
        name = f"Hội nghị {kind_of_review(period).lower()} công tác {period_name(period, cluster)}{outlook}"
        return {"review": review.pk, "kind": kind, "name": name}


class _Report:
    def __init__(self, material: Material) -> None:
        self.material, self.sheets = material, Sheets(material)
        self.edition, self.reckoning = material.edition, material.edition.reckoning
        self.settings = PaperSettings.of(self.edition.cluster)
        self.period = period_name(self.reckoning.period, self.reckoning.cluster)
        name = self.reckoning.cluster.name
        self.cluster = name[0].lower() + name[1:] if name.casefold().startswith("cụm") else f"cụm {name}"

    def document(self) -> Document:
        review, settings = self.edition.review, self.settings
        signed = review if review and self.edition.is_signed else None
        return Document(
            agency=Agency(name=settings.issuer, superiors=tuple(settings.superiors.splitlines())),
            symbol=settings.symbol_of(REPORT),
            number=signed.number if signed else None,
            is_draft=not signed,
            kind="Báo cáo",
            abstract=f"{self._kind} công tác {self.period}{self._outlook()} của {self.cluster}",
            place=signed.place or settings.place if signed else settings.place,
            day=(signed.issued_on if signed else None) or wall_clock(self.reckoning.as_of).date(),
            mark=first_sentence(self.reckoning.cluster.notice).rstrip("."),
            addressees=tuple(settings.addressees.splitlines()),
            blocks=tuple(self._blocks()),
            signatures=tuple(self._signatures()),
            recipients=tuple(self._recipients()),
            appendices=tuple(self._appendices()),
        )

    @property
    def _next_year(self) -> int | None:
        is_year = self.reckoning.period.is_year_of(self.reckoning.cluster)
        return self.reckoning.period.end.year + 1 if is_year else None

    @property
    def _kind(self) -> str:
        return kind_of_review(self.reckoning.period)

    def _outlook(self) -> str:
        return f", phương hướng, nhiệm vụ năm {self._next_year}" if self._next_year else ""

    def _blocks(self) -> Iterator[Block]:
        yield Paragraph(self._opening())
        sentences = "; ".join(sentence for _key, sentence in self.reckoning.headline)
        yield Paragraph(f"Kết quả chủ yếu: {sentences}.")
        yield Section("Đặc điểm, tình hình")
        yield Paragraph(self._members())
        yield from self._written(Text.Kind.SITUATION)
        yield Section("Kết quả thực hiện quy chế")
        yield from self._written(Text.Kind.RESULTS)
        yield Section("Đánh giá chung")
        for kind, title in _JUDGEMENTS:
            if lines := self._lines(kind):
                yield Clause(title, is_heading=True)
                yield from points_of(lines)
        yield Section(f"Phương hướng, nhiệm vụ trọng tâm {self._time_to_come()}")
        yield from listed(self._lines(Text.Kind.DIRECTION) or ["Không có."])
        yield Section("Kiến nghị, đề xuất")
        yield from listed(self._lines(Text.Kind.PROPOSALS) or ["Không có."])
        yield Paragraph(f"Trên đây là báo cáo {self._kind.lower()} công tác {self.period} của {self.cluster}.")

    def _time_to_come(self) -> str:
        return f"năm {self._next_year}" if self._next_year else "thời gian tới"

    def _opening(self) -> str:
        start, end = (official_date(date) for date in (self.reckoning.period.start, self.reckoning.period.end))
        return (
            f"Thực hiện quy chế phối hợp của {self.cluster}, {self.settings.issuer} báo cáo kết quả công tác "
            f"{self.period} (từ {start} đến {end}), so sánh với {self.reckoning.wording.compared_with()}, như sau:"
        )

    def _members(self) -> str:
        """The sides as they were in the period: those that the table by unit names."""
        sides = [str(row.label) for row in self.reckoning.by_unit if row.party and not row.unit]
        units = sum(1 for row in self.reckoning.by_unit if row.unit)
        founded = self.edition.cluster.founded
        since = f", thành lập năm {founded}," if founded else ""
        named = f": {', '.join(sides)}" if sides else ""
        said = f"{capfirst(self.cluster)}{since} gồm {len(sides):02d} bên{named}"
        return f"{said}; {units:02d} đơn vị thành viên." if units else f"{said}."

    def _lines(self, kind: str) -> list[str]:
        """What the edition says; of a draft room to write where it says nothing yet."""
        return self.edition.sections[kind] or ([] if self.edition.is_signed else [_ROOM_TO_WRITE])

    def _written(self, kind: str) -> list[Block]:
        return blocks_of(self._lines(kind))

    def _signatures(self) -> Iterator[Signature]:
        """The one who signs, and whoever signed below for another side."""
        review = self.edition.review
        if review is None or not self.edition.is_signed:
            yield Signature(lines=tuple(self.settings.capacity.splitlines()))
            return
        capacity = review.signed_as or self.settings.capacity
        yield Signature(lines=tuple(capacity.splitlines()), name=review.signed_name)
        for one in self.material.countersignatures:
            yield Signature(lines=tuple(one.signed_as.splitlines()) or (str(one.party),), name=one.signed_name)

    def _recipients(self) -> Iterator[str]:
        """Whom the paper is addressed to stands first, said as the form says it."""
        lines = self.settings.recipients.splitlines()
        if self.settings.addressees and "như trên" not in (line.casefold() for line in lines):
            yield "Như trên"
        yield from lines

    def _appendices(self) -> Iterator[Appendix]:
        sheets = self.sheets
        figures = [sheet for sheet in (sheets.figures(), sheets.outcomes()) if sheet]
        yield self._appendix(f"Tổng hợp số liệu {self.period}", figures, notes=self._cautions())
        for made in (sheets.by_unit(), sheets.by_month(), sheets.by_category()):
            if made:
                yield self._appendix(f"{made.title} {self.period}", [made])
        others = [sheet for sheet in (sheets.by_force(), sheets.by_campaign(), sheets.trend()) if sheet]
        if others:
            yield self._appendix("Số liệu theo lực lượng, đợt cao điểm, qua các năm", others)
        for made in (sheets.award_list(), sheets.amendments()):
            if made:
                yield self._appendix(made.title, [made], is_wide=True)
        yield self._appendix("Thuyết minh số liệu", [sheets.passports()], notes=list(self._seal()), is_wide=True)

    def _appendix(
        self, title: str, sheets: list[Sheet], *, notes: Sequence[str] = (), is_wide: bool = False
    ) -> Appendix:
        blocks: list[Block] = []
        for sheet in sheets:
            blocks += map(Paragraph, sheet.preface)
            blocks.append(self._table(sheet, title=sheet.title if len(sheets) > 1 else ""))
            blocks += map(Paragraph, sheet.notes)
        blocks += map(Paragraph, notes)
        return Appendix(title=title, blocks=tuple(blocks), is_wide=is_wide)

    def _table(self, sheet: Sheet, *, title: str) -> Table:
        pad = self.reckoning.cluster.pads_small_numbers
        rows = [tuple(in_words(cell, pad=pad) for cell in row) for row in (*sheet.rows, sheet.total)]
        return Table(
            title=title,
            columns=tuple(
                PaperColumn(title=column.title, width=column.width, align=_ALIGN.get(column.kind, Align.LEFT))
                for column in sheet.columns
            ),
            rows=tuple(rows[:-1]),
            total=rows[-1],
            bold=sheet.groups,
            is_dense=True,
        )

    def _cautions(self) -> list[str]:
        """What a reader should know of the figures before relying on them."""
        return [f"Lưu ý: {warned.text}" for warned in self.edition.warnings]

    def _seal(self) -> Iterator[str]:
        """By what anybody can tell that these are the figures that were signed."""
        review = self.edition.review
        if review and review.signed_at:
            signed = wall_clock(review.signed_at)
            yield f"Số liệu chốt khi ký, lúc {signed:%H:%M} ngày {day(signed.date())}."
            yield f"Mã kiểm tra nội dung đã ký (SHA-256): {self.edition.snapshot_hash}"
        for one in self.material.amendments:
            yield f"Mã kiểm tra của sửa đổi số {one.number} (SHA-256): {one.changes_hash}"


_ALIGN = {Kind.ORDER: Align.CENTER, Kind.COUNT: Align.RIGHT, Kind.DATE: Align.CENTER}
_JUDGEMENTS = (
    (Text.Kind.STRENGTHS, "Ưu điểm"),
    (Text.Kind.SHORTCOMINGS, "Tồn tại, hạn chế"),
    (Text.Kind.CAUSES, "Nguyên nhân"),
)
