"""The one write path of conferences, and of the answers to what they leave behind."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from cluster.models import Span, User
from cluster.services import claim_version, create_once, edit_record, refuse_sealed, save_with_history, take_number
from cluster.submissions import in_words
from reports.models import PARTS, Conference, KeyTask, Recommendation

# The kind of paper that minutes are: biên bản (Nghị định 30/2020/NĐ-CP, Phụ lục III).
MINUTES = "BB"


@dataclass(frozen=True)
class PartEntry:
    """What is entered for a row of a conference's own, by the names of its fields."""

    part: str
    values: tuple[tuple[str, Any], ...]

    def __str__(self) -> str:
        fields = PARTS[self.part]._meta
        return " · ".join(in_words(fields.get_field(name), value) for name, value in self.values if value)

    @classmethod
    def of(cls, part: str, row: Any, names: tuple[str, ...]) -> "PartEntry":
        return cls(part, tuple((name, getattr(row, name)) for name in names))


def log_conference(
    blank: Conference, values: Mapping[str, Any], *, by: User | None, now: dt.datetime
) -> tuple[Conference, bool]:
    """Write a conference with its parts once; ``blank`` bears its cluster and client id, ``values`` what was entered.

    Returns and raises as ``create_once`` does; one that was deleted since is returned as well.
    """
    fields, parts = _apart(values)

    def make(digest: str) -> Conference:
        blank.content_hash, blank.recorded_by, blank.recorded_at = digest, by, now
        for name in fields.keys() - {"awards"}:
            setattr(blank, name, fields[name])
        blank._history_date = now  # type: ignore[attr-defined]
        save_with_history(blank, by=by)
        if awards := fields.get("awards"):
            blank.awards.set(awards)
        _write_parts(blank, parts, by=by, now=now)
        return blank

    told = {name: [entry.values for entry in entries] for name, entries in parts.items()}
    content = {"cluster": blank.cluster, **fields, **told}
    return create_once(Conference, client_id=blank.client_id, content=content, make=make)


@transaction.atomic
def edit_conference(
    conference: Conference, values: Mapping[str, Any], *, version: int, by: User, now: dt.datetime, reason: str = ""
) -> None:
    """Replace what was entered, its parts as well. Raises ``StaleVersion``."""
    fields, parts = _apart(values)
    # One moment for all of it: the history of the conference finds by it which parts an edit touched.
    conference._history_date = now  # type: ignore[attr-defined]
    edit_record(conference, fields, version=version, by=by, reason=reason)
    _write_parts(conference, parts, by=by, now=now)


@transaction.atomic
def number_minutes(conference: Conference, *, by: User | None, now: dt.datetime, number: int | None = None) -> int:
    """The number of its minutes: the one they have, else this one or the next of the series. Raises ``NumberTaken``."""
    current = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    if current.minutes_number:
        return current.minutes_number
    current.minutes_number = take_number(
        cluster=current.cluster,
        kind=MINUTES,
        year=current.held_on.year,
        abstract=current.name,
        by=by,
        now=now,
        number=number,
    )
    # An edit in hand has not seen the number and would take it off again.
    claim_version(current, version=current.version, adds=True)
    save_with_history(current, by=by)
    return current.minutes_number


def _apart(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, tuple[PartEntry, ...]]]:
    """What stands in the row of the conference, and what in rows of its parts."""
    fields = {name: value for name, value in values.items() if name not in PARTS}
    return fields, {name: tuple(values[name]) for name in PARTS if name in values}


def _write_parts(
    conference: Conference, parts: Mapping[str, tuple[PartEntry, ...]], *, by: User | None, now: dt.datetime
) -> None:
    """Each row in its place; what is as it was is not written again, so that the history tells of changes only."""
    for name, entries in parts.items():
        model = PARTS[name]
        stored = {row.position: row for row in model._default_manager.filter(conference=conference)}
        for position, entry in enumerate(entries, 1):
            row = stored.pop(position, None) or model(conference=conference, position=position)
            if row.pk and all(getattr(row, field) == value for field, value in entry.values):
                continue
            for field, value in entry.values:
                setattr(row, field, value)
            row._history_date = now
            save_with_history(row, by=by)
        for row in stored.values():
            row._history_user, row._history_date = by, now
            row.delete()


@transaction.atomic
def answer_recommendation(
    recommendation: Recommendation, values: Mapping[str, Any], *, version: int, by: User, reason: str = ""
) -> None:
    """Keep the answer, or take it back with the state "open". Raises ``StaleVersion``.

    An answer has a day of its own: one that comes after a period is signed leaves its figures alone. Raises
    ``SealedPeriod`` where it would settle, or open again, what the signed figures say of that day.
    """
    claim_version(recommendation, version=version, adds=True)
    stored = Recommendation.objects.values_list("answered_on", flat=True).get(pk=recommendation.pk)
    for day in {stored, values["answered_on"]} - {None}:
        refuse_sealed(recommendation.cluster_id, Span.of_day(day))
    for name, value in values.items():
        setattr(recommendation, name, value)
    save_with_history(recommendation, by=by, reason=reason)


@transaction.atomic
def assess_task(task: KeyTask, values: Mapping[str, Any], *, version: int, by: User, reason: str = "") -> None:
    """Say what became of the task, or take that back with an empty assessment. Raises ``StaleVersion``.

    That is said when the period is over, so a signed period takes it as what came late.
    """
    claim_version(task, version=version, adds=True)
    for name, value in values.items():
        setattr(task, name, value)
    task.assessed_by = by if task.assessment else None
    save_with_history(task, by=by, reason=reason)
