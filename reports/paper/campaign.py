"""The result of a campaign as an official paper of one page or two."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import override

from cluster.models import PaperSettings
from cluster.numbers import day, days, number
from cluster.paper import (
    Agency,
    Align,
    Clause,
    Column,
    Document,
    Paragraph,
    Section,
    Signature,
    Table,
)
from cluster.paper.document import Block
from cluster.templatetags.ui import first_sentence
from reports.campaigns import OF_ITS_PATROLS, CampaignResult
from reports.figures import FIGURES

_MOST_PATROLS = 40


def paper_of(result: CampaignResult) -> Document:
    """Kết quả thực hiện đợt cao điểm: what the campaign's patrols did, and what happened in its days."""
    with override("vi"):
        letterhead = PaperSettings.of(result.cluster)
        return Document(
            agency=Agency(name=letterhead.issuer, superiors=tuple(letterhead.superiors.splitlines())),
            symbol=letterhead.symbol_of("BC"),
            kind="Báo cáo",
            abstract=f"Kết quả thực hiện “{result.campaign}”",
            place=letterhead.place,
            day=timezone.localdate(),
            mark=first_sentence(result.cluster.notice).rstrip("."),
            blocks=tuple(_blocks(result)),
            signatures=(Signature(lines=tuple(letterhead.capacity.splitlines())),),
            recipients=tuple(letterhead.recipients.splitlines()),
        )


def file_name(result: CampaignResult) -> str:
    return f"Kết quả {result.campaign} {result.period.start:%Y-%m-%d}"


def _blocks(result: CampaignResult) -> Iterator[Block]:
    pad = result.cluster.pads_small_numbers
    plan = f" theo {result.campaign.plan}" if result.campaign.plan else ""
    yield Paragraph(
        f"Thực hiện “{result.campaign}”{plan} từ ngày {days(result.period.start, result.period.end)}, "
        "các đơn vị trong cụm đã phối hợp đạt kết quả như sau:"
    )
    yield Section("Tuần tra chung")
    for _key, label, value in result.figures:
        yield Clause(f"{label}: {'chưa có số liệu' if value is None else number(value, pad=pad)}.")
    yield _shares(result)
    if result.patrols:
        yield _patrols(result)
    yield Section("Tình hình trên địa bàn trong thời gian thực hiện")
    yield from _incidents(result)


def _shares(result: CampaignResult) -> Table:
    keys = OF_ITS_PATROLS
    titles = {"joint_patrols": "Chủ trì", "participations": "Lượt người", "incidents_found_on_patrol": "Vụ phát hiện"}
    return Table(
        title="Kết quả theo bên và đơn vị",
        columns=(
            Column(title="Bên, đơn vị", width=80),
            *(Column(title=titles[key], width=28, align=Align.CENTER) for key in keys),
        ),
        rows=tuple((share.label, *(_cell(share.values[key]) for key in keys)) for share in result.shares),
        total=("Toàn cụm", *(_cell(value) for _key, _label, value in result.figures)),
    )


def _patrols(result: CampaignResult) -> Table:
    return Table(
        title="Các ca tuần tra của đợt",
        columns=(
            Column(title="Ngày", width=24, align=Align.CENTER),
            Column(title="Địa điểm, tuyến", width=84),
            Column(title="Đơn vị chủ trì", width=56),
        ),
        rows=tuple((day(one.local_date), one.route, one.lead_unit.name) for one in result.patrols[:_MOST_PATROLS]),
    )


def _incidents(result: CampaignResult) -> Iterator[Block]:
    incidents = result.reckoning.figures["incidents"]
    if incidents.this.value is None:
        yield Paragraph("Chưa có số liệu về vụ việc trong thời gian này.")
        return
    change = incidents.change_in(result.reckoning.wording)
    compared = f"; so với {result.reckoning.wording.compared_with()}: {change}" if change else ""
    yield Paragraph(f"Số vụ việc xảy ra: {_cell(incidents.this.value)} {FIGURES['incidents'].metric.unit}{compared}.")
    rows = [row for row in result.reckoning.by_category if row.category and row.incidents]
    for row in rows:
        yield Clause(f"{row.category}: {_cell(row.incidents)} vụ.")


def _cell(value: int | None) -> str:
    return "" if value is None else number(value)
