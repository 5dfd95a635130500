"""The cluster's own word for a patrol, and times in words."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext

from cluster.models import Cluster, Officer

if TYPE_CHECKING:
    from patrols.models import JointPatrol


def patrol_word(cluster: Cluster, count: int = 1) -> str:
    """As "ca tuần tra" in a cluster that counts by "ca"; the setting is Vietnamese, English has its own word."""
    if (get_language() or "vi").startswith("vi"):
        return f"{cluster.patrol_word} tuần tra"
    return ngettext("patrol", "patrols", count)


def short_word(cluster: Cluster) -> str:
    """As "ca": the word that a cluster counts by; English has its own."""
    return cluster.patrol_word if (get_language() or "vi").startswith("vi") else "patrol"


def one_party_warning(cluster: Cluster) -> str:
    """Counting rule 1, in the cluster's own word: "Ca này chỉ có lực lượng của một bên …"."""
    message = gettext("This %(word)s has forces of one party only, so it does not count as a joint patrol.")
    return capfirst(message % {"word": short_word(cluster)})


def hours_in_words(start: dt.datetime, end: dt.datetime | None) -> str:
    """As "21:00 → 02:00 ngày 06/03": local time, with the date of the end where it is another."""
    start = timezone.localtime(start)
    if end is None:
        return time_format(start, "H:i")
    end = timezone.localtime(end)
    hours = {"start": time_format(start, "H:i"), "end": time_format(end, "H:i")}
    if end.date() == start.date():
        return "{start} → {end}".format(**hours)
    return gettext("%(start)s → %(end)s on %(date)s") % (hours | {"date": date_format(end, "d/m")})


def engagement_in_words(officer: Officer, patrol: "JointPatrol | None", cluster: Cluster) -> str:
    """That the officer is in another patrol at the same hours; of one that the reader may not see no more than this."""
    words = {"officer": officer, "word": patrol_word(cluster)}
    if patrol is None:
        return gettext("%(officer)s is named in another %(word)s at the same hours.") % words
    start, end = patrol.starts_at or patrol.planned_start, patrol.ends_at or patrol.planned_end
    day, hours = f"{patrol.local_date:%d/%m/%Y}", hours_in_words(start, end) if start else ""
    where = {"date": day, "hours": hours, "route": patrol.route}
    message = gettext("%(officer)s is named in another %(word)s at the same hours: %(date)s, %(hours)s, %(route)s.")
    return message % (words | where)


def duration_in_words(length: dt.timedelta) -> str:
    """As "5 giờ 30 phút"."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    words = []
    if hours:
        words.append(ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours})
    if minutes or not hours:
        words.append(ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes})
    return " ".join(words)
