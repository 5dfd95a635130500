"""The minutes of a conference (biên bản hội nghị, mẫu 1.9 of Phụ lục III), signed by secretary and chair."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst

from cluster.models import PaperSettings
from cluster.numbers import number, official_date
from cluster.paper import BLANK, Agency, Clause, Document, Paragraph, Points, Signature
from cluster.paper.document import POINT_LETTERS, Block
from cluster.templatetags.ui import first_sentence
from reports.conference_services import MINUTES
from reports.models import Conference
from reports.paper.review import REPORT, kind_of_review


def minutes_of(conference: Conference) -> Document:
    """The paper of a conference; until somebody takes a number for it, there is room to write one by hand."""
    with translation.override("vi"):
        settings = PaperSettings.of(conference.cluster)
        return Document(
            agency=Agency(name=settings.issuer, superiors=tuple(settings.superiors.splitlines())),
            symbol=settings.symbol_of(MINUTES),
            number=conference.minutes_number,
            kind="Biên bản",
            abstract=conference.name,
            place=settings.place,
            day=conference.held_on,
            mark=first_sentence(conference.cluster.notice).rstrip("."),
            blocks=tuple(_blocks(conference)),
            signatures=(
                Signature(lines=("Thư ký",), hint=_BY_HAND, name=_name(conference.secretary)),
                Signature(lines=("Chủ tọa",), hint=_BY_HAND, name=_name(conference.chair)),
            ),
            recipients=tuple(settings.recipients.splitlines()),
        )


def file_name(conference: Conference) -> str:
    """Without the ending: "Biên bản hội nghị 2018-01-05 le-thuy-vinh-linh"."""
    return f"Biên bản hội nghị {conference.held_on:%Y-%m-%d} {conference.cluster.slug}"


def number_of(conference: Conference) -> str:
    """ "01/BB-BĐH", as the paper bears it; empty where none was taken."""
    if conference.minutes_number is None:
        return ""
    return f"{conference.minutes_number:02d}/{PaperSettings.of(conference.cluster).symbol_of(MINUTES)}"


_BY_HAND = "(Ký, ghi rõ họ tên)"


def _name(people: str) -> str:
    """Of "Nguyễn Văn A, Phó Chủ tịch UBND huyện Lệ Thủy" the name alone."""
    return people.partition("\n")[0].partition(",")[0].partition(" – ")[0].strip()


def _blocks(conference: Conference) -> Iterator[Block]:
    yield Paragraph(f"Thời gian bắt đầu: {_moment(conference.starts_at, conference.held_on)}.")
    yield Paragraph(f"Địa điểm: {_sentence(conference.place)}")
    yield from _delegates(conference)
    yield Paragraph(f"Chủ trì (chủ tọa): {_people(conference.chair)}")
    yield Paragraph(f"Thư ký (người ghi biên bản): {_people(conference.secretary)}")
    yield Paragraph("Nội dung (theo diễn biến hội nghị):")
    yield from _report(conference)
    for title, texts in (
        ("Ý kiến tham luận", _contributions(conference)),
        ("Khó khăn, vướng mắc và biện pháp tháo gỡ", _difficulties(conference)),
        ("Kiến nghị, đề xuất", _recommendations(conference)),
        ("Khen thưởng", _awards(conference)),
        ("Nhiệm vụ trọng tâm", _tasks(conference)),
    ):
        yield from _part(title, list(texts))
    yield from _handover(conference)
    yield from _part("Kết luận của chủ tọa", conference.conclusions.splitlines())
    yield Paragraph(f"Hội nghị kết thúc vào {_moment(conference.ends_at, conference.held_on)}.")


def _moment(time: dt.time | None, day: dt.date) -> str:
    """As "08 giờ 00, ngày 05 tháng 01 năm 2018", with room for a pen where the time is not known."""
    said = f"{time.hour:02d} giờ {time.minute:02d}" if time else f"{BLANK} giờ {BLANK}"
    return f"{said}, {official_date(day)}"


def _sentence(text: str) -> str:
    return f"{text.rstrip(' .;')}."


def _people(text: str) -> str:
    return _sentence("; ".join(text.splitlines()) or BLANK * 4)


def _delegates(conference: Conference) -> Iterator[Block]:
    rows = list(conference.delegations.all())
    if not rows:
        yield Paragraph(f"Thành phần tham dự: {BLANK * 4}")
        return
    total = sum(row.headcount for row in rows)
    yield Paragraph(f"Thành phần tham dự: {number(total, pad=True)} đại biểu, gồm:")
    for row in rows:
        names = f" ({row.names})" if row.names else ""
        yield Paragraph(f"- {row.body}: {number(row.headcount, pad=True)} đại biểu{names};")


def _part(title: str, texts: list[str]) -> Iterator[Block]:
    """Counted points under their heading; one alone, and more than there are letters for, stand uncounted."""
    told = [text for text in texts if text.strip()]
    if not told:
        return
    yield Clause(title, is_heading=True)
    if 1 < len(told) <= len(POINT_LETTERS):
        yield Points(tuple(told))
    else:
        yield from map(Paragraph, told)


def _report(conference: Conference) -> Iterator[Block]:
    review = conference.review
    if review is None:
        return
    period = f"từ {official_date(review.date_from)} đến {official_date(review.date_to)}"
    of_paper = ""
    if review.is_signed and review.number and review.issued_on:
        symbol = PaperSettings.of(conference.cluster).symbol_of(REPORT)
        of_paper = f" số {review.number:02d}/{symbol} {official_date(review.issued_on)}"
    yield Clause("Báo cáo", is_heading=True)
    concluded = kind_of_review(review.period).lower()
    yield Paragraph(f"Hội nghị đã nghe và thông qua Báo cáo{of_paper} {concluded} công tác của cụm {period}.")


def _contributions(conference: Conference) -> Iterator[str]:
    for one in conference.contributions.all():
        by = f"{one.body} ({one.speaker})" if one.speaker else one.body
        text = f" {' '.join(one.text.split())}" if one.text else ""
        yield f"{by}: {_sentence(one.subject)}{text}"


def _difficulties(conference: Conference) -> Iterator[str]:
    for one in conference.difficulties.all():
        action = f" Biện pháp: {_sentence(' '.join(one.action.split()))}" if one.action else ""
        yield f"{_sentence(' '.join(one.text.split()))}{action}"


def _recommendations(conference: Conference) -> Iterator[str]:
    for one in conference.recommendations.of(conference.cluster).order_by("made_on", "pk"):
        yield f"Kiến nghị {one.addressee}: {_sentence(' '.join(one.content.split()))}"


def _awards(conference: Conference) -> Iterator[str]:
    awards = list(conference.awards_handed_over())
    if not awards:
        return
    collectives = [award for award in awards if award.recipient == award.Recipient.COLLECTIVE]
    individuals = [award for award in awards if award.recipient == award.Recipient.INDIVIDUAL]
    said = ", ".join(
        f"{number(len(some), pad=True)} {noun}"
        for some, noun in ((collectives, "tập thể"), (individuals, "cá nhân"))
        if some
    )
    yield f"Đại diện lãnh đạo các bên đã trao thưởng cho {said}:"
    for award in awards:
        decided = f"Quyết định số {award.decision_number} ngày {date_format(award.decided_on, 'd/m/Y')}"
        yield f"{award.name}: {award.form} ({decided})."


def _tasks(conference: Conference) -> Iterator[str]:
    for task in conference.key_tasks.of(conference.cluster).order_by("date_from", "due_on", "pk"):
        due = f", hoàn thành trước ngày {date_format(task.due_on, 'd/m/Y')}" if task.due_on else ""
        yield f"{task.content.rstrip(' .;')} (thực hiện: {task.owner}{due})."


def _handover(conference: Conference) -> Iterator[Block]:
    if conference.handover_from is None or conference.handover_to is None:
        return
    yield Clause("Bàn giao nhiệm vụ thường trực", is_heading=True)
    giver = capfirst(str(conference.handover_from))
    yield Paragraph(f"{giver} bàn giao nhiệm vụ đơn vị thường trực của cụm cho {conference.handover_to}.")
    yield from map(Paragraph, _lines(conference.handover_note))


def _lines(text: str) -> Iterable[str]:
    return [line for line in text.splitlines() if line.strip()]
