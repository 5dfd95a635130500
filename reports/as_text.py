"""The review as plain text, for a terminal."""

from django.utils.translation import gettext as _

from cluster.numbers import number
from reports.plausibility import warnings_of
from reports.reckoning import Compared, Reckoning
from reports.wording import period_name, qualifier_word


def review_text(reckoning: Reckoning) -> str:
    """The headline, each known figure with its comparison, and the warnings; one a line."""
    lines = [reckoning.cluster.name, period_name(reckoning.period, reckoning.cluster), ""]
    if reckoning.cluster.notice:
        lines += [reckoning.cluster.notice, ""]
    lines += [f"- {sentence}" for _key, sentence in reckoning.headline]
    known = [compared for compared in reckoning.figures.values() if compared.is_known]
    lines += ["", *(_figure_line(compared, reckoning) for compared in known)]
    if warnings := warnings_of(reckoning):
        lines += ["", _("Warnings"), *(f"- {warned.text}" for warned in warnings)]
    return "\n".join(lines)


def _figure_line(compared: Compared, reckoning: Reckoning) -> str:
    this, before = (
        "–" if value.value is None else f"{qualifier_word(value.qualifier)}{number(value.value)}"
        for value in (compared.this, compared.before)
    )
    change = reckoning.wording.change_with_percent(compared.change, compared.percent, previous=compared.before.value)
    return f"{compared.figure.metric.label}: {this} ({reckoning.wording.compared_with()}: {before}) {change}".rstrip()
