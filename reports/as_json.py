"""The review as the JSON of design.md: a contract, so keys are only ever added."""

from typing import Any

from reports.plausibility import warnings_of
from reports.review import MONTH_COLUMNS, Compared, Review


def review_json(review: Review) -> dict[str, Any]:
    """Plain types only. An unknown figure is None, never 0; percentages are in percent and not rounded."""
    return {
        "cluster": review.cluster.slug,
        "name": review.cluster.name,
        "notice": review.cluster.notice,
        "period": {"from": review.period.start.isoformat(), "to": review.period.end.isoformat()},
        "comparison": {"from": review.comparison.start.isoformat(), "to": review.comparison.end.isoformat()},
        "state": "draft",
        "headline": [sentence for _key, sentence in review.headline],
        "figures": {key: _figure(compared) for key, compared in review.figures.items()},
        "incidents_by_category": [
            {
                "category": row.category.name if row.category else None,
                "incidents": row.incidents,
                "persons": row.persons,
                "previous": row.previous,
            }
            for row in review.by_category
        ],
        "by_unit": [
            {
                "party": row.party.name if row.party else None,
                "unit": row.unit.name if row.unit else None,
                **row.values,
            }
            for row in review.by_unit
        ],
        "by_month": [
            {
                "month": f"{row.month.end:%Y-%m}" if row.month else None,
                **row.values,
                "previous": {key: row.before[key] for key in MONTH_COLUMNS},
            }
            for row in review.by_month
        ],
        "warnings": [warned.text for warned in warnings_of(review)],
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
