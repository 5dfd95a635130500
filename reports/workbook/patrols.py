"""The sheets of the patrols and of the forces that took part in them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from cluster.models import Force
from cluster.names import unknown
from patrols.models import Campaign, Contingent, JointPatrol
from patrols.services import LineData, PatrolData
from reports.workbook.people import People
from reports.workbook.plan import Ground, Seen, chunks, differences, report_differences
from reports.workbook.schema import LineRow, PatrolRow, Row
from reports.workbook.units import Found, KnownUnit, Unresolved


class StoredPatrol(NamedTuple):
    pk: int
    code: str
    local_date: dt.date
    deleted_at: dt.datetime | None
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    route: str
    lead_unit: int
    lead_unit__name: str
    campaign: int | None
    campaign__name: str | None
    result: str


class StoredLine(NamedTuple):
    pk: int
    headcount: int
    officers: dict[int, str]


@dataclass
class Patrols:
    """The patrols that lines and incidents may name, by code: stored ones, and those of the sheet."""

    stored: dict[str, StoredPatrol]
    in_sheet: dict[str, PatrolRow] = field(default_factory=dict)

    def day_of_stored(self, code: str) -> dt.date:
        """As the sheet has it: where that is another day, the patrol's own row says so."""
        row = self.in_sheet.get(code)
        return timezone.localdate(row.starts_at) if row and row.starts_at else self.stored[code].local_date

    def why_unknown(self, code: str) -> str:
        """The reason why nothing can be attached to a patrol of this code; empty if it can."""
        stored = self.stored.get(code)
        if stored and stored.deleted_at:
            return deleted(stored.deleted_at)
        if stored or code in self.in_sheet:
            return ""
        return _("No patrol has the code %(code)s, neither in this file nor stored.") % {"code": code}


def deleted(moment: dt.datetime) -> str:
    return _("The record of this code was deleted on %(date)s; leave the row out.") % {
        "date": f"{timezone.localdate(moment):%d/%m/%Y}"
    }


def patrols_of(ground: Ground, codes: set[str], rows: list[PatrolRow]) -> Patrols:
    """The stored patrols of these codes, and the first row of each code in the sheet."""
    stored: dict[str, StoredPatrol] = {}
    if ground.cluster.pk:
        for chunk in chunks(sorted(codes)):
            found = JointPatrol.objects.filter(cluster=ground.cluster, code__in=chunk)
            for values in found.order_by().values_list(*StoredPatrol._fields):
                patrol = StoredPatrol(*values)
                stored[patrol.code] = patrol
    patrols = Patrols(stored)
    for row in rows:
        if row.code:
            patrols.in_sheet.setdefault(row.code, row)
    return patrols


def plan_patrols(
    ground: Ground, rows: list[PatrolRow], line_rows: list[LineRow], patrols: Patrols, people: People
) -> None:
    lines = _Lines(ground, line_rows, patrols, people)
    campaigns = _Campaigns(ground)
    seen = Seen(ground.problems, "code")
    for row in rows:
        if row.code and seen.again(row, row.code):
            continue
        stored = patrols.stored.get(row.code)
        if stored and stored.deleted_at:
            ground.problems.error(row, "code", deleted(stored.deleted_at))
        elif row.code and row.starts_at:
            _plan_patrol(ground, row, stored, campaigns, lines)
        else:
            unit_in(ground, row, "lead_unit", row.lead_unit, None)
            if stored is None:
                lines.resolve_undated(row.code)
    lines.plan_added()
    campaigns.report()


def _plan_patrol(
    ground: Ground, row: PatrolRow, stored: StoredPatrol | None, campaigns: "_Campaigns", lines: "_Lines"
) -> None:
    day = timezone.localdate(row.starts_at)
    if row.ends_at and row.ends_at <= row.starts_at:
        ground.problems.error(row, "ends_at", _("The end must be after the start."))
    lead = unit_in(ground, row, "lead_unit", row.lead_unit, day)
    campaign = campaigns.of(row, day, is_new=stored is None)
    own = lines.of_new_patrol(row, day) if stored is None else []
    if row.faulty or lead is None:
        return
    if stored:
        _compare_patrol(ground, row, stored, lead, campaign)
    else:
        ground.plan.new(row)
        ground.plan.patrols.append(_data(row, lead, campaign, own))


def _data(row: PatrolRow, lead: KnownUnit, campaign: Campaign | None, lines: Iterable[LineData]) -> PatrolData:
    return PatrolData(
        code=row.code,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        route=row.route,
        lead_unit=lead.unit,
        campaign=campaign,
        result=row.result,
        lines=tuple(lines),
    )


def _compare_patrol(
    ground: Ground, row: PatrolRow, stored: StoredPatrol, lead: KnownUnit, campaign: Campaign | None
) -> None:
    given: list[tuple[str, Any, Any]] = [
        ("starts_at", row.starts_at, stored.starts_at),
        ("ends_at", row.ends_at, stored.ends_at),
        ("route", row.route, stored.route),
        ("result", row.result, stored.result),
    ]
    if lead.unit.pk != stored.lead_unit:
        given.append(("lead_unit", lead.unit.name, stored.lead_unit__name))
    if (campaign.pk if campaign else None) != stored.campaign:
        given.append(("campaign", row.campaign, stored.campaign__name))
    report_differences(ground, row, differences(given))


def unit_in(ground: Ground, row: Row, column: str, name: str, day: dt.date | None) -> KnownUnit | None:
    """The unit of a cell; what is wrong or unlikely about it is said there.

    Without a day, which is an error told elsewhere, no unit can be chosen, but an unknown one is told too.
    """
    if not name:
        return None
    if day is None:
        if not ground.units.exists(name):
            ground.problems.error(row, column, unknown(name, ground.units.known))
        return None
    try:
        found: Found = ground.units.on(name, day)
    except Unresolved as error:
        ground.problems.error(row, column, str(error))
        return None
    if found.warning:
        ground.problems.warn(row, column, found.warning)
    return found.known


class _Campaigns:
    """The campaigns by name. A new one lasts from the first to the last of the patrols that name it."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._first_rows: dict[int, PatrolRow] = {}

    def of(self, row: PatrolRow, day: dt.date, *, is_new: bool) -> Campaign | None:
        if not row.campaign:
            return None
        ground = self._ground
        found = ground.campaigns.find(row.campaign)
        if not found and not (ground.create and is_new):
            ground.problems.error(row, "campaign", unknown(row.campaign, ground.campaigns.known))
            return None
        campaign = found[0] if found else self._new(row, day)
        if campaign.pk is None:
            campaign.date_from = min(campaign.date_from, day)
            campaign.date_to = max(campaign.date_to, day)
        elif not campaign.date_from <= day <= campaign.date_to:
            reason = _("The patrol lies outside the campaign, which lasts from %(start)s to %(end)s.")
            ground.problems.warn(row, "campaign", reason % self._dates(campaign))
        return campaign

    def _new(self, row: PatrolRow, day: dt.date) -> Campaign:
        campaign = Campaign(cluster=self._ground.cluster, name=row.campaign, date_from=day, date_to=day)
        self._ground.campaigns.add(campaign.name, campaign)
        self._ground.plan.campaigns.append(campaign)
        self._first_rows[id(campaign)] = row
        return campaign

    def report(self) -> None:
        for campaign in self._ground.plan.campaigns:
            reason = _("The campaign “%(name)s” is not known yet; it will last from %(start)s to %(end)s.")
            details = {"name": campaign.name, **self._dates(campaign)}
            self._ground.problems.warn(self._first_rows[id(campaign)], "campaign", reason % details)

    @staticmethod
    def _dates(campaign: Campaign) -> dict[str, str]:
        return {"start": f"{campaign.date_from:%d/%m/%Y}", "end": f"{campaign.date_to:%d/%m/%Y}"}


class _Lines:
    """The lines of the sheet by patrol."""

    def __init__(self, ground: Ground, rows: list[LineRow], patrols: Patrols, people: People) -> None:
        self._ground, self._patrols, self._people = ground, patrols, people
        self._of_patrol: dict[str, list[LineRow]] = defaultdict(list)
        refused: dict[str, str] = {}
        for row in rows:
            if row.patrol and row.patrol not in refused:
                refused[row.patrol] = patrols.why_unknown(row.patrol)
            if row.patrol and not refused[row.patrol]:
                self._of_patrol[row.patrol].append(row)
                continue
            if row.patrol:
                ground.problems.error(row, "patrol", refused[row.patrol])
            self._resolve(row, None)

    def of_new_patrol(self, row: PatrolRow, day: dt.date) -> list[LineData]:
        """The lines of a patrol that is new, and a warning where they are of one party only (counting rule 1)."""
        resolved = self._resolved(row.code, day)
        parties = {party.pk or id(party) for line in resolved if (party := line.known.party_on(day))}
        if len(parties) < 2 and len(resolved) == len(self._of_patrol.get(row.code, ())):
            reason = _("This patrol has forces of one party only, so it does not count as a joint patrol.")
            self._ground.problems.warn(row, "code", reason)
        for line in resolved:
            self._ground.plan.new(line.row)
        return [data for line in resolved if (data := self._data(line, day))]

    def plan_added(self) -> None:
        """The lines of stored patrols: the same, other, or lines that the patrol does not have yet."""
        codes = [code for code in self._of_patrol if code in self._patrols.stored]
        for chunk in chunks(codes):
            keys = {self._patrols.stored[code].pk: code for code in chunk}
            stored = _stored_lines(list(keys))
            for pk, code in keys.items():
                self._plan_added_to(pk, code, stored)

    def _plan_added_to(self, pk: int, code: str, stored: dict[tuple[int, int, int], StoredLine]) -> None:
        day = self._patrols.day_of_stored(code)
        for line in self._resolved(code, day):
            if other := stored.get((pk, line.known.unit.pk or 0, line.force.pk)):
                self._compare(line, other, day)
            elif data := self._data(line, day):
                self._ground.plan.new(line.row)
                self._ground.plan.added_lines.setdefault(pk, []).append(data)

    def _compare(self, line: "_Resolved", stored: StoredLine, day: dt.date) -> None:
        given: list[tuple[str, Any, Any]] = [("headcount", line.row.headcount, stored.headcount)]
        if not self._names_the_same(line, stored, day):
            given.append(("names", "; ".join(line.row.names), "; ".join(stored.officers.values())))
        report_differences(self._ground, line.row, differences(given))

    def _names_the_same(self, line: "_Resolved", stored: StoredLine, day: dt.date) -> bool:
        try:
            officers = [self._people.find(name, line.known, day) for name in line.row.names]
        except Unresolved:
            return False
        return {officer.pk if officer else None for officer in officers} == set(stored.officers)

    def _resolved(self, code: str, day: dt.date) -> list["_Resolved"]:
        """The faultless lines of a patrol with their unit and force, each once."""
        resolved = [line for row in self._of_patrol.get(code, ()) if (line := self._resolve(row, day))]
        seen: dict[tuple[int, int], int] = {}
        for line in resolved:
            first = seen.setdefault((id(line.known), line.force.pk), line.row.number)
            if first != line.row.number:
                reason = _("Row %(row)d is about the same already.") % {"row": first}
                self._ground.problems.error(line.row, "unit", reason)
        return resolved

    def resolve_undated(self, code: str) -> None:
        """Tell what is wrong with the lines of a patrol whose day cannot be read."""
        for row in self._of_patrol.get(code, ()):
            self._resolve(row, None)

    def _resolve(self, row: LineRow, day: dt.date | None) -> "_Resolved | None":
        """The unit and force of a line; None where something in it is wrong."""
        known = unit_in(self._ground, row, "unit", row.unit, day)
        force = self._force_of(row, day) if row.force else None
        if row.headcount and len(row.names) > row.headcount:
            reason = _("%(names)d people are named, but only %(headcount)d took part.")
            self._ground.problems.error(row, "names", reason % {"names": len(row.names), "headcount": row.headcount})
        return _Resolved(row, known, force) if known and force and not row.faulty else None

    def _force_of(self, row: LineRow, day: dt.date | None) -> Force | None:
        found = self._ground.forces.find(row.force)
        if not found:
            self._ground.problems.error(row, "force", unknown(row.force, self._ground.forces.known))
            return None
        if day and not found[0].is_valid_on(day):
            reason = _("The force %(force)s did not exist on %(date)s.")
            details = {"force": found[0].name, "date": f"{day:%d/%m/%Y}"}
            self._ground.problems.error(row, "force", reason % details)
        return found[0]

    def _data(self, line: "_Resolved", day: dt.date) -> LineData | None:
        try:
            officers = [self._people.find_or_add(name, line.known, day) for name in line.row.names]
        except Unresolved as error:
            self._ground.problems.error(line.row, "names", str(error))
            return None
        return LineData(unit=line.known.unit, force=line.force, headcount=line.row.headcount, officers=tuple(officers))


class _Resolved(NamedTuple):
    row: LineRow
    known: KnownUnit
    force: Force


def _stored_lines(patrols: list[int]) -> dict[tuple[int, int, int], StoredLine]:
    """The lines of these patrols by patrol, unit and force."""
    lines = {
        (patrol, unit, force): StoredLine(pk, headcount, {})
        for pk, patrol, unit, force, headcount in Contingent.objects.filter(patrol__in=patrols)
        .order_by()
        .values_list("pk", "patrol", "unit", "force", "headcount")
    }
    by_key = {line.pk: line for line in lines.values()}
    named = Contingent.officers.through.objects.filter(contingent__patrol__in=patrols)
    for line, officer, name in named.values_list("contingent", "officer", "officer__name"):
        by_key[line].officers[officer] = name
    return lines
