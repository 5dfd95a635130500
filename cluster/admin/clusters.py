"""The arrangement itself: clusters, parties, member units."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cluster.admin.base import DescribedFilter, KeptAdmin, KeptInline, ValidityFilter
from cluster.fields import fold
from cluster.forms import PaperSettingsForm
from cluster.labels import day_column
from cluster.models import Cluster, MemberUnit, PaperSettings, Party


class PartyInline(KeptInline):
    model = Party
    autocomplete_fields = ("administrative_unit",)
    fields = ("position", "name", "administrative_unit")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A cluster has at least two parties."""
        return 0 if obj else 2


@admin.register(Cluster)
class ClusterAdmin(KeptAdmin):
    list_display = ("name", "slug", "founded", "patrol_word", "period_preset")
    list_filter = ("period_preset",)
    search_fields = ("search",)
    fields = (
        "name",
        "slug",
        "aliases",
        "founded",
        "patrol_word",
        "board_word",
        "period_preset",
        "pads_small_numbers",
        "notice",
    )
    inlines = (PartyInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Bookmarks and other programs rely on the address."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, tuple[str, ...]]:
        return {} if obj else {"slug": ("name",)}


@admin.register(Party)
class PartyAdmin(KeptAdmin):
    list_display = ("name", "cluster", "administrative_unit", "position")
    list_filter = (("cluster", DescribedFilter),)
    search_fields = ("name", "cluster__name")
    autocomplete_fields = ("cluster", "administrative_unit")
    fields = ("cluster", "name", "administrative_unit", "position")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Party]:
        return super().get_queryset(request).select_related("cluster", "administrative_unit")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Party], search_term: str
    ) -> tuple[QuerySet[Party], bool]:
        """Parties are few and have no folded column: their names are folded here."""
        words = fold(search_term).split()
        found = [
            party.pk for party in queryset if all(word in fold(f"{party.name} {party.cluster.name}") for word in words)
        ]
        return queryset.filter(pk__in=found), False


class MembershipFilter(ValidityFilter):
    title = _("membership")
    start, end = "joined", "left"


@admin.register(MemberUnit)
class MemberUnitAdmin(KeptAdmin):
    closes_with = "left"
    list_display = (
        "unit",
        "party",
        "cluster",
        day_column("joined", _("joined")),
        day_column("left", _("last day as member")),
    )
    list_filter = (
        MembershipFilter,
        ("party__cluster", DescribedFilter),
        ("party", DescribedFilter),
    )
    list_select_related = ("unit", "party__cluster")
    search_fields = ("unit__search", "party__cluster__search")
    autocomplete_fields = ("party", "unit")
    actions = ("close_today",)
    fields = ("party", "unit", ("joined", "left"))

    @admin.display(description=_("cluster"), ordering="party__cluster__name")
    def cluster(self, member: MemberUnit) -> Cluster:
        return member.party.cluster


@admin.register(PaperSettings)
class PaperSettingsAdmin(KeptAdmin):
    """Of clusters where somebody has saved them; before that they follow the names of the parties."""

    list_display = ("cluster", "issuer", "symbol", "place")
    search_fields = ("cluster__search",)
    list_select_related = ("cluster",)
    autocomplete_fields = ("cluster",)
    fields = ("cluster", *PaperSettingsForm.Meta.fields)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The letterhead of one cluster never becomes that of another."""
        return ("cluster",) if obj else ()
