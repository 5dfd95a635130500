"""What waits and what is due of a cluster's briefings and their conclusions, for the home page and the daily notices."""

import datetime as dt

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster.access import Rights
from cluster.briefings import Cycle
from cluster.dues import Due, awaited_briefings, overdue_briefings
from cluster.models import Briefing, BriefingPattern, Cluster, Conclusion, Notice, Party, PoliceUnit, Posting
from cluster.models.people import PostingQuerySet
from cluster.notices import DEADLINE, Delivery, Kind, Params, holders, tell
from cluster.waiting import NAMED, Item, Waiting

Role = Posting.Role
# One is told so many days ahead, then once a week while it is overdue; what is longer past is no news.
_AHEAD = dt.timedelta(days=7)
_WEEK, _PAST = 7, dt.timedelta(days=35)


def _words_of(notice: Notice) -> Params:
    """The briefing in the reader's language."""
    params = dict(notice.params)
    day = dt.date.fromisoformat(params["day"])
    key = {name: params[name] for name in ("level", "cycle", "year", "number")}
    return params | {"what": Briefing(local_date=day, **key).title, "due": f"{day:%d/%m/%Y}"}


BRIEFING_DUE = Kind(
    key="briefing_due",
    label=_("A briefing that is due or overdue"),
    subject=_("Due: %(what)s"),
    sentences=(_("Due on %(due)s. Host: %(host)s."),),
    words=_words_of,
    default=Delivery.DAILY,
    is_certain=True,
)


# For the home page


def briefings_overdue(rights: Rights, today: dt.date) -> Waiting | None:
    """Those that nobody has held or called off."""
    if not rights.reads_records:
        return None
    address = reverse("briefing_list", args=[rights.cluster.slug])
    items = [
        # What has no plan yet leads to the form of one, which is the coordinator's.
        Item(
            str(due),
            due.address if due.briefing or rights.coordinates else address,
            _due(due.due_on),
            is_late=True,
        )
        for due in overdue_briefings(rights, today=today)
    ]
    return Waiting(_("Briefings that are overdue"), len(items), address, tuple(items[:NAMED])) if items else None


def conclusions_overdue(rights: Rights, today: dt.date) -> Waiting | None:
    """Conclusions behind their day: of the user's units and party, a coordinator's are those of the cluster."""
    if not rights.reads_records:
        return None
    rows = Conclusion.objects.of(rights.cluster).overdue(today).filter(due_on__gte=today - dt.timedelta(days=366))
    if not rights.coordinates:
        parties = [posting.party_id for posting in rights.postings if posting.party_id]
        of_party = Q(owner_party__in=parties) | Q(owner_unit__memberships__party__in=parties)
        rows = rows.filter(of_party | Q(owner_unit__in=rights.unit_ids)).distinct()
    named = rows.select_related("cluster").order_by("due_on", "pk")
    items = [Item(str(row), row.get_absolute_url(), _due(row.due_on), is_late=True) for row in named]
    address = f"{reverse('conclusion_list', args=[rights.cluster.slug])}?state=open"
    return Waiting(_("Conclusions that are overdue"), len(items), address, tuple(items[:NAMED])) if items else None


def _due(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


# For the notices of the day


def briefings_due(*, now: dt.datetime) -> None:
    """A briefing whose day is near or past: the coordinators, the recorders of the host and the leaders of its party."""
    today = timezone.localdate(now)
    patterned = BriefingPattern.objects.filter(deleted_at=None).values("cluster")
    planned = Briefing.objects.awaited().filter(deleted_at=None).values("cluster")
    for cluster in Cluster.objects.filter(Q(pk__in=patterned) | Q(pk__in=planned)):
        for due in awaited_briefings(cluster, today=today):
            if today - _PAST <= due.due_on <= today + _AHEAD:
                _tell_of_briefing(due, today, now)


def _tell_of_briefing(due: Due, today: dt.date, now: dt.datetime) -> None:
    words, plan = due.words, due.briefing
    key = "/".join(str(part) for part in (words.level, words.cycle, words.year, words.number))
    if words.cycle == Cycle.EXTRA and plan:
        key = str(plan.client_id)
    params = {name: getattr(words, name) for name in ("level", "cycle", "year", "number")}
    tell(
        BRIEFING_DUE,
        holders(_answering(due.cluster, due.host)),
        cluster=due.cluster,
        event=f"briefing_due:{due.cluster.pk}/{key}:{due.due_on}:{_stage(due.due_on, today)}",
        address=plan.get_absolute_url() if plan else reverse("briefing_list", args=[due.cluster.slug]),
        about=plan.client_id if plan else None,
        params=params | {"day": due.due_on.isoformat(), "host": str(due.host or "–")},
        now=now,
    )


def conclusions_due(*, now: dt.datetime) -> None:
    """A conclusion whose day is near or past: the coordinators, the recorders of the unit and the leaders of the party."""
    today = timezone.localdate(now)
    rows = Conclusion.objects.unsettled().filter(deleted_at=None, briefing__deleted_at=None)
    rows = rows.filter(due_on__range=(today - _PAST, today + _AHEAD))
    for row in rows.select_related("cluster", "owner_unit", "owner_party"):
        if row.due_on:
            tell(
                DEADLINE,
                holders(_answering(row.cluster, row.place)),
                cluster=row.cluster,
                event=f"conclusion_due:{row.client_id}:{row.due_on}:{_stage(row.due_on, today)}",
                address=row.get_absolute_url(),
                about=row.client_id,
                params={"what": str(row), "due": f"{row.due_on:%d/%m/%Y}"},
                now=now,
            )


def _stage(due_on: dt.date, today: dt.date) -> int:
    """0 up to the day, then the weeks that it is past: what is told once is told again for each."""
    return max(0, -(-(today - due_on).days // _WEEK))


def _answering(cluster: Cluster, host: PoliceUnit | Party | None) -> PostingQuerySet:
    """Who answers for what the host is to do; of a unit that has left the cluster nobody is told of its matters."""
    who = Q(role=Role.COORDINATOR, cluster=cluster)
    if isinstance(host, PoliceUnit):
        who |= Q(role=Role.RECORDER, unit=host, unit__memberships__party__cluster=cluster)
        who |= Q(role=Role.LEADER, party__cluster=cluster, party__members__unit=host)
    elif isinstance(host, Party):
        who |= Q(role=Role.LEADER, party=host)
    return Posting.objects.filter(who).distinct()
