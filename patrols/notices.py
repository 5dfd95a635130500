"""The notices about lines: date, route, unit, number, reason, no more; the page says the rest to who may see it."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from cluster.models import Notice
from cluster.notices import Kind, Params
from patrols.words import patrol_word


def _words(notice: Notice) -> Params:
    """With the cluster's word for a patrol and the number of people in the reader's language."""
    number = notice.params["people"]
    people = ngettext("%(number)d person", "%(number)d people", number) % {"number": number}
    return {**notice.params, "people": people, "word": capfirst(patrol_word(notice.cluster))}


LINE_WAITS = Kind(
    key="line_waits",
    label=_("A line waits for the word of my unit"),
    subject=_("Waiting for the unit: %(patrol)s"),
    sentences=("%(word)s %(patrol)s", "%(unit)s: %(people)s.", _("Please confirm, correct or refuse.")),
    words=_words,
)
LINE_CORRECTED = Kind(
    key="line_corrected",
    label=_("A line that my unit entered was corrected"),
    subject=_("Corrected: %(patrol)s"),
    sentences=(
        "%(word)s %(patrol)s",
        _("%(unit)s has corrected its line: was %(before)s, is %(people)s."),
        _("Reason: %(reason)s"),
    ),
    words=_words,
)
LINE_REFUSED = Kind(
    key="line_refused",
    label=_("A line that my unit entered was refused"),
    subject=_("Refused: %(patrol)s"),
    sentences=(
        "%(word)s %(patrol)s",
        _("%(unit)s has refused its line of %(people)s."),
        _("Reason: %(reason)s"),
    ),
    words=_words,
    is_certain=True,
)
KINDS = (LINE_WAITS, LINE_CORRECTED, LINE_REFUSED)
