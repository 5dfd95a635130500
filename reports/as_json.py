"""The review as the JSON of design.md: a contract, so keys are only ever added."""

from typing import Any

from cluster.numbers import EXACT
from reports.breakdowns import MONTH_COLUMNS
from reports.edition import Edition
from reports.models import Amendment
from reports.passports import Passport
from reports.reckoning import Reckoning
from reports.today import changed_by, comparison_values
from reports.values import Compared, Value


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
        **_breakdowns(reckoning),
        "passports": {passport.key: _passport(passport) for passport in edition.passports},
        "signed": _signature(edition),
        "since": _since(edition),
        "comparison_signed": _comparison(edition),
        "amendments": [_amendment(amendment) for amendment in edition.amendments],
        "warnings": [warned.text for warned in edition.warnings],
    }


def _breakdowns(reckoning: Reckoning) -> dict[str, Any]:
    return {
        "incidents_by_category": [
            {
                "category": row.category.name if row.category else None,
                "incidents": row.incidents,
                "persons": row.persons,
                "previous": row.previous,
                "previous_persons": row.previous_persons,
                "change": row.change,
                "qualifier": row.qualifiers.get("incidents", EXACT) if row.incidents is not None else None,
            }
            for row in reckoning.by_category
        ],
        "by_unit": [
            {
                "party": row.party.name if row.party else None,
                "unit": row.unit.name if row.unit else None,
                **row.values,
                "qualifiers": row.qualifiers,
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
        "outcomes": [
            {"outcome": part.of, **part.values, "previous": part.before["incidents"]} for part in reckoning.outcomes
        ],
        "by_force": [
            {
                "force": part.label if part.of is not None else None,
                **part.values,
                "previous": part.before["participations"],
            }
            for part in reckoning.by_force
        ],
        # Two rows have no campaign: what lay outside any, and what is not known by campaign.
        "by_campaign": [
            {"campaign": str(part.label) if part.of else None, "known": part.of is not None, **part.values}
            for part in reckoning.by_campaign
        ],
        "trend": [
            {
                "from": year.period.start.isoformat(),
                "to": year.period.end.isoformat(),
                **{key: _value(value) for key, value in year.values.items()},
            }
            for year in reckoning.trend
        ],
    }


def _value(value: Value) -> dict[str, Any]:
    return {"value": value.value, "qualifier": value.qualifier, "basis": value.basis}


def _passport(passport: Passport) -> dict[str, Any]:
    """The essentials; how many records stand behind the number is None where there are none of the kind."""
    return {"rule": passport.rule, "records": passport.records, "declared": list(passport.declared)}


def _signature(edition: Edition) -> dict[str, Any] | None:
    """None for a draft. The names below a paper are not for programs."""
    if edition.review is None or edition.review.signed_at is None:
        return None
    return {
        "number": edition.review.number,
        "issued_on": edition.review.issued_on.isoformat() if edition.review.issued_on else None,
        "at": edition.review.signed_at.isoformat(),
        "hash": edition.snapshot_hash,
    }


def _since(edition: Edition) -> dict[str, Any]:
    """Of a signed review the figures that rows of today state otherwise."""
    if not edition.is_signed:
        return {}
    pairs = ((key, signed.this.value, edition.today.figures[key].this.value) for key, signed in edition.figures.items())
    return {
        key: {"signed": then, "today": now, "difference": None if then is None or now is None else now - then}
        for key, then, now in pairs
        if then != now
    }


def _comparison(edition: Edition) -> dict[str, Any]:
    """Of a draft what the signed review of the period compared with says otherwise (rule 8)."""
    if edition.is_signed:
        return {}
    found = comparison_values(edition)
    return {key: {"signed": then.value, "today": today.value} for key, then, today in found}


def _amendment(amendment: Amendment) -> dict[str, Any]:
    return {
        "number": amendment.number,
        "reason": amendment.reason,
        "open": amendment.is_open,
        "hash": amendment.changes_hash or None,
        "figures": {
            key: {"before": before["this"]["value"], "after": after["this"]["value"]}
            for key, before, after in changed_by(amendment)
        },
        "rows": len(amendment.said.get("rows", [])),
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
