"""The review as plain text, for a terminal."""

from django.utils.translation import gettext as _

from cluster.numbers import number
from reports.plausibility import warnings_of
from reports.review import Compared, Review
from reports.wording import period_name, qualifier_word


def review_text(review: Review) -> str:
    """The headline, each known figure with its comparison, and the warnings; one a line."""
    lines = [review.cluster.name, period_name(review.period, review.cluster), ""]
    if review.cluster.notice:
        lines += [review.cluster.notice, ""]
    lines += [f"- {sentence}" for _key, sentence in review.headline]
    known = [c for c in review.figures.values() if c.this.value is not None or c.before.value is not None]
    lines += ["", *(_figure_line(compared, review) for compared in known)]
    if warnings := warnings_of(review):
        lines += ["", _("Warnings"), *(f"- {warned.text}" for warned in warnings)]
    return "\n".join(lines)


def _figure_line(compared: Compared, review: Review) -> str:
    this, before = (
        "–" if value.value is None else f"{qualifier_word(value.qualifier)}{number(value.value)}"
        for value in (compared.this, compared.before)
    )
    change = review.wording.change_with_percent(compared.change, compared.percent, previous=compared.before.value)
    return f"{compared.figure.metric.label}: {this} ({review.wording.compared_with()}: {before}) {change}".rstrip()
