"""Notices: each kind is declared once with its text; a person is told once of an event, in the page and by mail.

A notice is written in the transaction of what it tells of. Its mail goes after the commit, or with the daily digest
(`manage.py send_digest`), as its recipient chose. An import tells nobody: it would send hundreds.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster.access import Access
from cluster.mail import Letter, send
from cluster.models import Cluster, Notice, NoticeChoice, User
from cluster.models.notices import NoticeQuerySet
from cluster.models.people import PostingQuerySet

# What is written down of an earlier day, as by the sample, is no news for a mail.
_NEWS = dt.timedelta(days=1)
# What is older stands in the page alone, so that a mail server set up late sends no flood.
_DIGEST = dt.timedelta(days=7)

Delivery = NoticeChoice.Delivery
Params = Mapping[str, Any]


class Told(NamedTuple):
    """A notice in the reader's language."""

    subject: str
    sentences: list[str]


def _params_of(notice: Notice) -> Params:
    return notice.params


@dataclass(frozen=True, kw_only=True)
class Kind:
    """``label`` names it among the choices. ``words`` makes of a notice what the texts name, its params as they are.

    ``is_certain``: it always reaches a person; whoever wants no mail at once finds it in the digest.
    """

    key: str
    label: str | Promise
    subject: str | Promise
    sentences: tuple[str | Promise, ...] = ()
    words: Callable[[Notice], Params] = _params_of
    default: Delivery = Delivery.AT_ONCE
    is_certain: bool = False

    @property
    def deliveries(self) -> list[tuple[str, str | Promise]]:
        return [(value, label) for value, label in Delivery.choices if not (self.is_certain and value == Delivery.NONE)]

    def text(self, notice: Notice) -> Told:
        """In the language that is active."""
        words = self.words(notice)
        return Told(str(self.subject) % words, [str(sentence) % words for sentence in self.sentences])


# For whatever has a last day: ``what`` it is and when it is ``due``, as dd/mm/yyyy.
DEADLINE = Kind(
    key="deadline",
    label=gettext_lazy("A deadline of my unit or of the cluster"),
    subject=gettext_lazy("Deadline: %(what)s"),
    sentences=(gettext_lazy("Due on %(due)s."),),
    default=Delivery.DAILY,
    is_certain=True,
)

# By key; each app declares its own when it is ready.
KINDS: dict[str, Kind] = {DEADLINE.key: DEADLINE}


def declare(*kinds: Kind) -> None:
    KINDS.update({kind.key: kind for kind in kinds})


def holders(postings: PostingQuerySet, *, but: User | None = None) -> list[User]:
    """Who holds one of the postings today, without who did what is told."""
    ids = postings.active().exclude(user=but).values("user")
    return list(User.objects.filter(pk__in=ids).order_by("pk"))


def tell(
    kind: Kind,
    people: Iterable[User],
    *,
    cluster: Cluster,
    event: str,
    address: str,
    params: Params,
    now: dt.datetime,
    about: uuid.UUID | None = None,
) -> None:
    """Tell each of the people once of the event; call inside the transaction of what happened.

    ``params`` are texts and numbers for the kind's text, ``about`` the client id of the record, with which they go.
    """
    rows = [
        Notice(
            recipient=user,
            cluster=cluster,
            kind=kind.key,
            event=event,
            params=dict(params),
            address=address,
            about=about,
            created_at=now,
        )
        for user in people
    ]
    if not rows:
        return
    # Who has been told of it already is told no second time: the constraint sees to that.
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    if settings.EMAIL_URL and now > timezone.now() - _NEWS:
        transaction.on_commit(partial(mail_at_once, event))


def settle(notices: NoticeQuerySet, *, now: dt.datetime) -> None:
    """What they asked for is done: they wait for nobody's look any more."""
    notices.unread().update(read_at=now)


def mail_at_once(event: str) -> None:
    """The mails of an event to those who want them at once."""
    notices = Notice.objects.filter(event=event, mailed_at=None, recipient__is_active=True)
    rows = list(notices.exclude(recipient__email="").select_related("recipient", "cluster"))
    chosen = choices_of(notice.recipient for notice in rows)
    mail_each([[n] for n in rows if delivery_of(n, chosen) == Delivery.AT_ONCE])


def send_digests(*, now: dt.datetime) -> int:
    """A mail to each person with what is unread and was not mailed yet; returns how many went out."""
    return mail_each(_digests(now, at_once_since=None))


def letters_due(*, now: dt.datetime) -> list[Letter]:
    """The mails that would go out by now: what was told just now to those who want it at once, then the digests."""
    fresh = Notice.objects.filter(created_at=now, mailed_at=None, recipient__is_active=True).exclude(
        recipient__email=""
    )
    rows = list(fresh.select_related("recipient", "cluster").order_by("pk"))
    chosen = choices_of(notice.recipient for notice in rows)
    at_once = [[notice] for notice in rows if delivery_of(notice, chosen) == Delivery.AT_ONCE]
    return [_letter(bundle) for bundle in (*at_once, *_digests(now, at_once_since=now)) if bundle]


def _digests(now: dt.datetime, *, at_once_since: dt.datetime | None) -> list[list[Notice]]:
    """What is due to each person.

    What somebody wanted at once and a failing mail server took back is in it, what nobody may see any more is not;
    from ``at_once_since`` on such a mail has not been tried yet.
    """
    recent = Notice.objects.unread().filter(mailed_at=None, created_at__gt=now - _DIGEST, recipient__is_active=True)
    rows = list(recent.exclude(recipient__email="").select_related("recipient", "cluster").order_by("created_at", "pk"))
    chosen, of_user = choices_of(notice.recipient for notice in rows), defaultdict[int, list[Notice]](list)
    for notice in rows:
        delivery = delivery_of(notice, chosen)
        is_tried = at_once_since is None or notice.created_at < at_once_since
        if delivery == Delivery.DAILY or (delivery == Delivery.AT_ONCE and is_tried):
            of_user[notice.recipient_id].append(notice)
    bundles = []
    for notices in of_user.values():
        visible = Access(notices[0].recipient).record_cluster_ids
        bundles.append([notice for notice in notices if notice.cluster_id in visible])
    return bundles


def mail_each(bundles: Iterable[list[Notice]]) -> int:
    """A mail for each bundle of notices to one person, each notice claimed first; returns how many went out.

    What a failing mail server took back is free for the next digest.
    """
    now = timezone.now()
    claimed = [mine for bundle in bundles if (mine := [notice for notice in bundle if _claim(notice, now)])]
    if send([_letter(bundle) for bundle in claimed]):
        return len(claimed)
    keys = [notice.pk for bundle in claimed for notice in bundle]
    Notice.objects.filter(pk__in=keys).update(mailed_at=None)
    return 0


def _claim(notice: Notice, now: dt.datetime) -> bool:
    return bool(Notice.objects.filter(pk=notice.pk, mailed_at=None).update(mailed_at=now))


Chosen = dict[tuple[int, str], str]


def choices_of(users: Iterable[User]) -> Chosen:
    """What these chose, by user and kind."""
    rows = NoticeChoice.objects.filter(user__in={user.pk for user in users})
    return {(row.user_id, row.kind): row.delivery for row in rows}


@transaction.atomic
def save_preferences(user: User, *, language: str, deliveries: Mapping[str, str]) -> None:
    """Keep the user's language, and how each kind of notice comes by mail; ``deliveries`` are those that it offers."""
    User.objects.filter(pk=user.pk).update(language=language)
    rows = [NoticeChoice(user=user, kind=kind, delivery=delivery) for kind, delivery in deliveries.items()]
    NoticeChoice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "kind"], update_fields=["delivery"]
    )


def delivery_of(notice: Notice, chosen: Chosen) -> str:
    """How the recipient wants to hear of it; a kind that is no longer declared is told nobody."""
    kind = KINDS.get(notice.kind)
    return chosen.get((notice.recipient_id, notice.kind), kind.default) if kind else Delivery.NONE


def told(notice: Notice) -> Told:
    """The text of a notice in the language that is active."""
    kind = KINDS.get(notice.kind)
    return kind.text(notice) if kind else Told(notice.kind, [])


def _letter(notices: list[Notice]) -> Letter:
    """One notice says itself in the subject; several are a list."""
    recipient = notices[0].recipient
    with translation.override(recipient.language or "vi"):
        texts = [(told(notice), settings.SITE_URL + notice.address) for notice in notices]
        blocks = ["\n".join([text.subject, *text.sentences, link]) for text, link in texts]
        if len(texts) == 1:
            (text, link) = texts[0]
            subject, blocks = text.subject, ["\n".join(text.sentences), link]
        else:
            subject = _("%(count)d notices from Liên Hoàn") % {"count": len(texts)}
        return Letter((recipient.email,), subject, "\n\n".join([*blocks, _("Opening the link changes nothing.")]))
