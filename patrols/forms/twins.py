"""What the form asks about a record that looks like the patrol being entered: the same one, or another?"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.translation import gettext as _

from patrols.forms.questions import Question, is_unchanged, questions_of
from patrols.likeness import Suspicion, suspected
from patrols.plans import may_change

if TYPE_CHECKING:
    from patrols.forms.patrol import PatrolForm

PREFIX = "twin-"


@dataclass(frozen=True, kw_only=True)
class TwinQuestion(Question):
    """Beside what every question has: the suspicion, and what the author may do about it at once."""

    suspicion: Suspicion
    may_join: bool
    may_complete: bool


def all_questions(form: "PatrolForm") -> list[Question]:
    """Of a valid form, twins first; that an officer is in the very record asked about goes without saying."""
    twins = [] if form.patrol and is_unchanged(form) else twin_questions(form)
    asked_about = {twin.suspicion.patrol.pk for twin in twins}
    return [*twins, *(q for q in questions_of(form) if q.patrol is None or q.patrol.pk not in asked_about)]


def twin_questions(form: "PatrolForm") -> list[TwinQuestion]:
    """The likeliest first; of an edit only what nobody has told apart yet."""
    data, rights = form.patrol_data, form.rights
    client_id = form.patrol.client_id if form.patrol else form.client_id
    has_own_line = any(line.unit.pk in rights.unit_ids for line in data.lines)
    sure = form.data.getlist("sure") if isinstance(form.data, QueryDict) else []
    return [
        TwinQuestion(
            key=(key := f"{PREFIX}{twin.patrol.client_id}"),
            text=_("There is a record already that looks like this one. Is it the same patrol?"),
            patrol=twin.patrol,
            is_answered=key in sure,
            suspicion=twin,
            may_join=form.patrol is None and has_own_line and not twin.is_planned,
            may_complete=form.patrol is None and twin.is_planned and may_change(rights, twin.patrol),
        )
        for twin in suspected(form.choices.cluster, data, exclude=client_id)
    ]


def told_apart(sure: Iterable[str]) -> list[uuid.UUID]:
    """The records that the author says are other patrols, by what the ``sure`` boxes send."""
    keys = [key.removeprefix(PREFIX) for key in sure if key.startswith(PREFIX)]
    return [client_id for key in keys if (client_id := uuid_of(key))]


def uuid_of(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
