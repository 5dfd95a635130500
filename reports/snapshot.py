"""What is frozen when a review is signed: all that it says, and the rows behind every figure.

In Vietnamese, as the paper is, in plain types without floats, so that the same rows give the same bytes anywhere.
Names of people stay out: a snapshot can never be mended.
"""

import datetime as dt
from typing import Any

from django.db.models import F
from django.utils import translation

from cluster.models import Cluster
from reports.figures import FIGURES, Figure
from reports.freezing import frozen
from reports.kinds import Kind
from reports.passports import passports_of
from reports.periods import Period
from reports.plausibility import warnings_of
from reports.reckoning import Reckoning, Value

FORMAT = 1
# What of a reckoning is told row by row, by the names of its properties.
BREAKDOWNS = (
    *("by_unit", "by_month", "by_category", "outcomes", "by_force", "by_campaign"),
    *("trend", "incident_months"),
)
# What of the cluster the words of a review depend on.
HABITS = ("name", "patrol_word", "period_preset", "pads_small_numbers", "notice")

# By kind of row and its key: what it was, and what it adds to each figure that counts it.
Rows = dict[str, dict[str, dict[str, Any]]]

# What a row is called, by the name of its kind; no names of people.
_NAMED_BY = {
    "patrols": ("route",),
    "lines": ("unit__name", "force__name"),
    "named lines": ("unit__name", "force__name"),
    "incidents": ("category__name", "unit__name"),
    "awards": ("decision_number", "form"),
    "campaigns": ("name",),
    "exchanges": ("from_unit__name", "to_unit__name"),
    "outreach": ("topic", "unit__name"),
    "crime_reports": ("subject", "unit__name"),
    "initiatives": ("name",),
    "ratings": ("initiative__name", "rating"),
    "members": ("unit__name",),
    "recommendations": ("addressee", "content"),
    "tasks": ("content", "owner"),
}


def snapshot_of(
    cluster: Cluster, period: Period, comparison: Period, *, sections: dict[str, str], now: dt.datetime
) -> dict[str, Any]:
    """The content that is signed, reckoned anew: what another reckoning has said already may be in English."""
    with translation.override("vi"):
        reckoning = Reckoning(cluster, period, comparison)
        reckoning.as_of = now
        return {
            "format": FORMAT,
            "as_of": now.isoformat(),
            "cluster": {"slug": reckoning.cluster.slug} | {name: getattr(reckoning.cluster, name) for name in HABITS},
            "period": frozen(reckoning.period),
            "comparison": frozen(reckoning.comparison),
            "headline": [sentence for _key, sentence in reckoning.headline],
            "figures": figures_of(reckoning),
            "breakdowns": {name: frozen(getattr(reckoning, name)) for name in BREAKDOWNS},
            "passports": frozen(passports_of(reckoning)),
            "warnings": frozen(warnings_of(reckoning)),
            "sections": sections,
            "rows": rows_behind(reckoning),
        }


def figures_of(reckoning: Reckoning) -> dict[str, Any]:
    return {
        key: {
            "label": str(compared.figure.metric.label),
            "unit": str(compared.figure.metric.unit),
            "rule": str(compared.figure.rule),
            "this": _value(compared.this),
            "before": _value(compared.before),
            "change": compared.change,
        }
        for key, compared in reckoning.figures.items()
    }


def _value(value: Value) -> dict[str, Any]:
    return {"value": value.value, "qualifier": frozen(value.qualifier), "basis": value.basis}


def rows_behind(reckoning: Reckoning) -> Rows:
    """The rows of the period behind every figure, each once; declared ones where they make up a value."""
    found: Rows = {}
    for key, compared in reckoning.figures.items():
        figure = FIGURES[key]
        if figure.kind and compared.this.basis in ("records", "mixed"):
            _add_records(found.setdefault(figure.kind.name, {}), figure, reckoning)
        for row in compared.this.declared:
            declared = found.setdefault("declared", {}).setdefault(str(row.pk), {"amounts": {}})
            declared |= {
                "version": row.version,
                "date": row.date_to.isoformat(),
                "unit": row.unit_id,
                "name": f"{row.label} {row.date_from:%d/%m/%Y} – {row.date_to:%d/%m/%Y}",
            }
            declared["amounts"][key] = row.value
    return found


def _add_records(rows: dict[str, dict[str, Any]], figure: Figure, reckoning: Reckoning) -> None:
    """One query a figure: its rows with what each adds."""
    kind: Any = figure.kind
    counted = figure.rows(reckoning.cluster, reckoning.period).order_by()
    names = {field.name for field in counted.model._meta.get_fields()}
    asked = {
        "row_key": F("client_id") if "client_id" in names else F("pk"),
        "row_unit": F(_unit_of(kind)) if _unit_of(kind) else F("pk"),
        **{f"name_{number}": F(name) for number, name in enumerate(_NAMED_BY.get(kind.name, ()))},
        **({"row_version": F("version")} if "version" in names else {}),
        **({"row_date": F(kind.date)} if kind.date else {}),
        **({"row_amount": F(figure.row_amount)} if figure.row_amount else {}),
    }
    for row in counted.values(**asked):
        known = rows.setdefault(str(row["row_key"]), {"amounts": {}})
        known |= {
            "version": row.get("row_version"),
            "date": row["row_date"].isoformat() if "row_date" in row else None,
            "unit": row["row_unit"] if _unit_of(kind) else None,
            "name": " · ".join(str(row[name]) for name in sorted(row) if name.startswith("name_")),
        }
        known["amounts"][figure.key] = row.get("row_amount", 1)


def _unit_of(kind: Kind) -> str:
    return kind.unit or ("unit" if kind.name == "members" else "")


def period_of(content: dict[str, str]) -> Period:
    return Period(dt.date.fromisoformat(content["start"]), dt.date.fromisoformat(content["end"]))
