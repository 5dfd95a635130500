"""What the form asks about a record that looks like the patrol being entered: the same one, or another?"""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from patrols.likeness import Suspicion, suspected
from patrols.models import JointPatrol
from patrols.plans import may_change

if TYPE_CHECKING:
    from patrols.forms.patrol import PatrolForm

PREFIX = "twin-"


@dataclass(frozen=True)
class TwinQuestion:
    """Beside what every question has: the suspicion, and what the author may do about it at once."""

    key: str
    text: str
    suspicion: Suspicion
    is_answered: bool
    may_join: bool
    may_complete: bool

    @property
    def patrol(self) -> JointPatrol:
        return self.suspicion.patrol


def twin_questions(form: "PatrolForm", *, sure: Collection[str]) -> list[TwinQuestion]:
    """Of a valid form, the likeliest first; ``sure`` holds the keys already answered.

    Of an edit only what nobody has told apart yet is asked.
    """
    data, rights = form.patrol_data, form.rights
    client_id = form.patrol.client_id if form.patrol else form.client_id
    has_own_line = any(line.unit.pk in rights.unit_ids for line in data.lines)
    return [
        TwinQuestion(
            key=f"{PREFIX}{twin.patrol.client_id}",
            text=_("There is a record already that looks like this one. Is it the same patrol?"),
            suspicion=twin,
            is_answered=f"{PREFIX}{twin.patrol.client_id}" in sure,
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
