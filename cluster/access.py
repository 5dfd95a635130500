"""The one place that decides who may open a view.

Every view bears one of the decorators here; a test walks the URL resolver and fails on a view without. An object
outside one's clusters does not exist (404), a visible one without the right is forbidden (403).
"""

import datetime as dt
import enum
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster.models import Cluster, MemberUnit, Posting, User
from cluster.models.offices import standing_on
from cluster.models.people import cluster_ids_opened_by
from cluster.models.records import Record
from cluster.submissions import is_from_queue

P = ParamSpec("P")
Role = Posting.Role


class Right(enum.Enum):
    """What a role may do in a cluster (design.md, "Roles")."""

    READ_TOTALS = frozenset({Role.RECORDER, Role.COORDINATOR, Role.LEADER, Role.OBSERVER})
    READ_RECORDS = frozenset({Role.RECORDER, Role.COORDINATOR, Role.LEADER})
    LOG = frozenset({Role.RECORDER, Role.COORDINATOR})
    COORDINATE = frozenset({Role.COORDINATOR})
    LEAD = frozenset({Role.LEADER})


@dataclass(frozen=True)
class Rights:
    """The rights of one user in one cluster, by the postings of today."""

    user: User
    cluster: Cluster
    postings: tuple[Posting, ...]

    def may(self, right: Right) -> bool:
        return any(posting.role in right.value for posting in self.postings)

    @property
    def reads_records(self) -> bool:
        return self.may(Right.READ_RECORDS)

    @property
    def logs(self) -> bool:
        return self.may(Right.LOG)

    @property
    def coordinates(self) -> bool:
        return self.may(Right.COORDINATE)

    @property
    def leads(self) -> bool:
        return self.may(Right.LEAD)

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """The units for which the user logs."""
        return frozenset(posting.unit_id for posting in self.postings if posting.unit_id)

    def may_edit(self, record: Record) -> bool:
        """A recorder edits what was recorded for the own unit, a coordinator everything (with a reason)."""
        return self.coordinates or (self.logs and record.recorded_unit_id in self.unit_ids)

    def needs_reason(self, record: Record) -> bool:
        """Whether an edit corrects the work of others and so must say why."""
        return record.recorded_unit_id not in self.unit_ids and record.recorded_by_id != self.user.pk


class Access:
    """The postings of a user today, read once a request."""

    def __init__(self, user: User, *, today: dt.date | None = None) -> None:
        self.user = user
        self.today = today or timezone.localdate()

    @cached_property
    def postings(self) -> list[Posting]:
        if not self.user.is_authenticated:
            return []
        return list(Posting.objects.active(self.today).filter(user=self.user).select_related("party", "unit"))

    @cached_property
    def record_cluster_ids(self) -> set[int]:
        """The clusters whose records the user reads: those that any posting but an observer's opens."""
        return cluster_ids_opened_by(posting for posting in self.postings if posting.role != Role.OBSERVER)

    @cached_property
    def clusters(self) -> list[Cluster]:
        """The clusters the user may see, by name."""
        observed = cluster_ids_opened_by(posting for posting in self.postings if posting.role == Role.OBSERVER)
        ids = self.record_cluster_ids | observed
        # With whoever holds the standing role today: it stands in the head of every page.
        return list(Cluster.objects.filter(pk__in=ids).annotate(standing=standing_on(self.today))) if ids else []

    @cached_property
    def is_administrator(self) -> bool:
        return any(posting.role == Role.ADMINISTRATOR for posting in self.postings)

    def rights_in(self, cluster: Cluster) -> Rights:
        """The rights in one of the visible clusters: the postings that open this very cluster."""
        units = {posting.unit_id for posting in self.postings if posting.unit_id}
        members = MemberUnit.objects.filter(unit__in=units, party__cluster=cluster) if units else []
        member_ids = {member.unit_id for member in members}
        return Rights(
            user=self.user,
            cluster=cluster,
            postings=tuple(p for p in self.postings if _opens(p, cluster, member_ids)),
        )


def _opens(posting: Posting, cluster: Cluster, member_ids: set[int]) -> bool:
    match posting.role:
        case Role.RECORDER:
            return posting.unit_id in member_ids
        case Role.COORDINATOR:
            return posting.cluster_id == cluster.pk
        case Role.LEADER:
            return posting.party is not None and posting.party.cluster_id == cluster.pk
        case Role.OBSERVER:
            return cluster.pk in cluster_ids_opened_by([posting])
    return False


def access_of(request: HttpRequest) -> Access:
    """The access of the request's user, read once."""
    if not hasattr(request, "_access"):
        request._access = Access(request.user)  # type: ignore[attr-defined,arg-type]
    return request._access  # type: ignore[attr-defined]


View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Anybody may open it; its address stands on the list in the access test."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    wrapper.access_decision = "public"  # type: ignore[attr-defined]
    return wrapper


def _signed_out() -> JsonResponse:
    """For a script, which a redirect to the sign-in page would tell that all is well."""
    return JsonResponse({"state": "signed_out"}, status=401)


def signed_in(view: View) -> View:
    """Any signed-in user may open it; the view shows each only what is theirs."""
    wrapper = wraps(view)(login_required(view))
    wrapper.access_decision = "signed in"  # type: ignore[attr-defined]
    return wrapper


def signed_in_or_401(view: View) -> View:
    """Any signed-in user may ask; a script does, so nobody is led to the sign-in page."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs) if request.user.is_authenticated else _signed_out()

    wrapper.access_decision = "signed in"  # type: ignore[attr-defined]
    return wrapper


def in_cluster(
    right: Right,
) -> Callable[[Callable[Concatenate[HttpRequest, Rights, P], HttpResponseBase]], View]:
    """Members of the cluster with the right; the view gets their ``Rights`` in place of the slug."""

    def decorate(view: Callable[Concatenate[HttpRequest, Rights, P], HttpResponseBase]) -> View:
        @wraps(view)
        def wrapper(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _signed_out() if is_from_queue(request) else redirect_to_login(request.get_full_path())
            access = access_of(request)
            cluster = next((c for c in access.clusters if c.slug == slug), None)
            if cluster is None:
                raise Http404
            rights = access.rights_in(cluster)
            if not rights.may(right):
                raise PermissionDenied(_("You do not have the right to do this."))
            # The page head and its menu read it.
            request.rights = rights  # type: ignore[attr-defined]
            return view(request, rights, *args, **kwargs)

        wrapper.access_decision = right  # type: ignore[attr-defined]
        return wrapper

    return decorate
