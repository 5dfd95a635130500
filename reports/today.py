"""What has become of a signed review's figures and rows since: at signing, today, and the difference."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cluster.models.records import Record
from cluster.numbers import number, qualified
from incidents.metrics import METRICS
from patrols.models import Contingent
from reports.edition import Edition
from reports.figures import FIGURES
from reports.models import Amendment
from reports.reckoning import Compared, Value
from reports.snapshot import Rows, rows_behind

ADDED, CHANGED, REMOVED = "added", "changed", "removed"


class FigureSince(NamedTuple):
    """A figure whose value, of the period or of the one compared, is no longer the signed one."""

    key: str
    label: str
    signed: str
    today: str
    difference: str
    is_of_comparison: bool = False


def figures_since(edition: Edition) -> list[FigureSince]:
    """The figures that rows of today would state otherwise, in the order of the table."""
    pairs = ((key, signed, edition.today.figures[key]) for key, signed in edition.figures.items())
    return [since for key, signed, now in pairs for since in _since(key, signed, now)]


def _since(key: str, signed: Compared, now: Compared) -> Iterator[FigureSince]:
    label = str(signed.figure.metric.label)
    for then, today, is_of_comparison in ((signed.this, now.this, False), (signed.before, now.before, True)):
        if (then.value, then.qualifier) != (today.value, today.qualifier):
            texts = _text(then), _text(today)
            yield FigureSince(key, label, *texts, _difference(then, today), is_of_comparison)


def _text(value: Value) -> str:
    return qualified(value.value, value.qualifier)


def _difference(then: Value, today: Value) -> str:
    """With its sign; "–" where one of the two is not known exactly."""
    if then.value is None or today.value is None or not (then.is_exact and today.is_exact):
        return "–"
    return signed_number(today.value - then.value)


def signed_number(difference: int) -> str:
    return f"{'+' if difference > 0 else '−' if difference < 0 else ''}{number(abs(difference))}"


def changed_by(amendment: Amendment) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """The figures that a closed amendment changed: key, before and after, as it was closed with them."""
    for key, pair in amendment.said.get("figures", {}).items():
        before, after = pair["before"], pair["after"]
        if before and before["this"] != after["this"]:
            yield key, before, after


def told_by(amendment: Amendment) -> list[FigureSince]:
    """The same in words, each figure by its name of today in the language in hand."""
    return [
        FigureSince(
            key,
            str(METRICS[key].label) if key in METRICS else after["label"],
            _text(_value(before)),
            _text(_value(after)),
            "",
        )
        for key, before, after in changed_by(amendment)
    ]


def _value(figure: dict[str, Any]) -> Value:
    return Value(**figure["this"])


def comparison_values(edition: Edition) -> Iterator[tuple[str, Value, Value]]:
    """Where the signed review of the period compared with says something else than its rows of today (rule 8)."""
    review = edition.stored.get(edition.comparison)
    if review is None or not review.is_signed:
        return
    figures = json.loads(review.snapshot)["figures"]
    for key, compared in edition.figures.items():
        if key in figures:
            then, today = _value(figures[key]), compared.before
            if (then.value, then.qualifier) != (today.value, today.qualifier):
                yield key, then, today


def comparison_since(edition: Edition) -> list[FigureSince]:
    """The same in words."""
    labels = {key: str(compared.figure.metric.label) for key, compared in edition.figures.items()}
    return [
        FigureSince(key, labels[key], _text(then), _text(today), _difference(then, today))
        for key, then, today in comparison_values(edition)
    ]


def rows_stated(said: dict[str, Any], amendments: Iterable[Amendment]) -> Rows:
    """The rows as the snapshot and the closed amendments after it state them, oldest first."""
    rows: Rows = {kind: dict(of_kind) for kind, of_kind in said["rows"].items()}
    for amendment in amendments:
        for change in amendment.said["rows"]:
            of_kind = rows.setdefault(change["kind"], {})
            of_kind.pop(change["key"], None)
            if change["after"] is not None:
                of_kind[change["key"]] = change["after"]
    return rows


def differences_in_rows(before: Rows, after: Rows) -> list[dict[str, Any]]:
    """Every row that is not what it was, by kind and key, with what it was and what it is (None: not there)."""
    return [
        {"kind": kind, "key": key, "before": was, "after": is_now}
        for kind in sorted(before.keys() | after.keys())
        for key in sorted(before.get(kind, {}).keys() | after.get(kind, {}).keys())
        if (was := before.get(kind, {}).get(key)) != (is_now := after.get(kind, {}).get(key))
    ]


@dataclass(frozen=True)
class RowSince:
    """A row that was added, changed or removed since the signing; ``address`` of its page, if it still has one."""

    kind: str
    what: str
    name: str
    date: dt.date | None
    address: str
    before: str
    after: str
    is_late: bool

    @property
    def what_label(self) -> str:
        labels = {
            ADDED: pgettext("row since the signing", "added"),
            CHANGED: pgettext("row since the signing", "changed"),
            REMOVED: pgettext("row since the signing", "no longer counted"),
        }
        return labels[self.what]


def rows_since(edition: Edition) -> list[RowSince]:
    """The rows behind the figures that are not those of the snapshot, each once, however many figures count it."""
    found = differences_in_rows(edition.said["rows"], rows_behind(edition.today))
    stored = _stored(edition, found)
    return [_row_since(change, stored.get((change["kind"], change["key"])), edition) for change in found]


def _row_since(change: dict[str, Any], stored: Any, edition: Edition) -> RowSince:
    before, after = change["before"], change["after"]
    told = after or before
    what = ADDED if before is None else REMOVED if after is None else CHANGED
    written_at = getattr(stored, "recorded_at", None)
    return RowSince(
        kind=change["kind"],
        what=what,
        name=told["name"],
        date=dt.date.fromisoformat(told["date"]) if told["date"] else None,
        address=_address_of(stored),
        before=_told(before),
        after=_told(after),
        is_late=what == ADDED and (written_at is None or written_at > edition.reckoning.as_of),
    )


def _told(row: dict[str, Any] | None) -> str:
    """What the row adds to which figures: "Lượt người: 5 (bản 2)"."""
    if row is None:
        return "–"
    amounts = "; ".join(f"{METRICS[key].label}: {number(n or 0)}" for key, n in sorted(row["amounts"].items()))
    return _("%(amounts)s (version %(n)s)") % {"amounts": amounts, "n": row["version"]} if row["version"] else amounts


def _stored(edition: Edition, changes: list[dict[str, Any]]) -> dict[tuple[str, str], Any]:
    """The rows that are still there, by kind and key, in one query a kind."""
    found: dict[tuple[str, str], Any] = {}
    for kind in {figure.kind for figure in FIGURES.values() if figure.kind}:
        keys = [change["key"] for change in changes if change["kind"] == kind.name]
        if not keys:
            continue
        model = kind.counted(edition.cluster, [edition.period]).model
        rows: Any = model._default_manager
        if issubclass(model, Record):
            alive = rows.of(edition.cluster).select_related("cluster").filter(client_id__in=keys)
            found |= {(kind.name, str(row.client_id)): row for row in alive}
        elif issubclass(model, Contingent):
            alive = rows.filter(pk__in=keys, patrol__deleted_at=None).select_related("patrol__cluster")
            found |= {(kind.name, str(row.pk)): row for row in alive}
    return found


def _address_of(row: Any) -> str:
    """Its page; of a line that of its patrol."""
    row = row.patrol if isinstance(row, Contingent) else row
    return row.get_absolute_url() if row else ""
