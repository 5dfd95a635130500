"""The review as the JSON of design.md: a contract, so keys are only ever added."""

from typing import Any

from reports.breakdowns import MONTH_COLUMNS
from reports.edition import Edition
from reports.values import Compared


def review_json(edition: Edition) -> dict[str, Any]:
    """Plain types only. An unknown figure is None, never 0; percentages are in percent and not rounded."""
    reckoning = edition.reckoning
    return {
        "cluster": reckoning.cluster.slug,
        "name": reckoning.cluster.name,
        "notice": reckoning.cluster.notice,
        "period": {"from": reckoning.period.start.isoformat(), "to": reckoning.period.end.isoformat()},
        "comparison": {"from": reckoning.comparison.start.isoformat(), "to": reckoning.comparison.end.isoformat()},
        "state": edition.state,
        "headline": [sentence for _key, sentence in reckoning.headline],
        "figures": {key: _figure(compared) for key, compared in reckoning.figures.items()},
        "incidents_by_category": [
            {
                "category": row.category.name if row.category else None,
                "incidents": row.incidents,
                "persons": row.persons,
                "previous": row.previous,
            }
            for row in reckoning.by_category
        ],
        "by_unit": [
            {
                "party": row.party.name if row.party else None,
                "unit": row.unit.name if row.unit else None,
                **row.values,
            }
            for row in reckoning.by_unit
        ],
        "by_month": [
            {
                "month": f"{row.month.end:%Y-%m}" if row.month else None,
                **row.values,
                "previous": {key: row.before[key] for key in MONTH_COLUMNS},
            }
            for row in reckoning.by_month
        ],
        "warnings": [warned.text for warned in edition.warnings],
    }


def _figure(compared: Compared) -> dict[str, Any]:
    return {
        "value": compared.this.value,
        "qualifier": compared.this.qualifier,
        "previous": compared.before.value,
        "change": compared.change,
        "percent": compared.percent,
        "basis": compared.this.basis,
    }
