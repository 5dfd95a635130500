"""The review as plain text, for a terminal."""

from django.utils.translation import gettext as _

from cluster.numbers import qualified
from reports.edition import Edition
from reports.reckoning import Reckoning
from reports.values import Compared
from reports.wording import period_name


def review_text(edition: Edition) -> str:
    """The headline, each known figure with its comparison, and the warnings; one a line."""
    reckoning = edition.reckoning
    lines = [reckoning.cluster.name, period_name(reckoning.period, reckoning.cluster), ""]
    if reckoning.cluster.notice:
        lines += [reckoning.cluster.notice, ""]
    lines += [f"- {sentence}" for _key, sentence in reckoning.headline]
    known = [compared for compared in reckoning.figures.values() if compared.is_known]
    lines += ["", *(_figure_line(compared, reckoning) for compared in known)]
    if edition.warnings:
        lines += ["", _("Warnings"), *(f"- {warned.text}" for warned in edition.warnings)]
    return "\n".join(lines)


def _figure_line(compared: Compared, reckoning: Reckoning) -> str:
    this, before = (qualified(value.value, value.qualifier) for value in (compared.this, compared.before))
    change = compared.change_in(reckoning.wording)
    return f"{compared.figure.metric.label}: {this} ({reckoning.wording.compared_with()}: {before}) {change}".rstrip()
