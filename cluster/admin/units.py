"""Where: administrative units and their successions, police units, forces, officers."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from cluster.admin.base import DescribedFilter, KeptAdmin, KeptInline, PersonAdmin, ValidityFilter
from cluster.labels import day_column
from cluster.models import AdministrativeUnit, BorderPair, Force, MemberUnit, Officer, PoliceUnit, UnitSuccession

VALIDITY = (
    day_column("valid_from", _("valid from")),
    day_column("valid_to", _("last valid day")),
)


@admin.register(AdministrativeUnit)
class AdministrativeUnitAdmin(KeptAdmin):
    list_display = ("named", "code", "kind", "parent", *VALIDITY)
    list_display_links = ("named",)
    list_filter = (ValidityFilter, "kind", ("parent", DescribedFilter))
    list_select_related = ("parent",)
    search_fields = ("search",)
    autocomplete_fields = ("parent",)
    actions = ("close_today",)
    fields = ("code", "name", "kind", "parent", ("valid_from", "valid_to"), "legal_basis", "note")

    @admin.display(description=_("name"), ordering="name")
    def named(self, unit: AdministrativeUnit) -> str:
        return unit.full_name

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Code and start are the key by which successions, police units and workbooks know a unit."""
        known = obj and (obj.successions.exists() or obj.predecessions.exists() or obj.police_units.exists())
        return ("code", "valid_from") if known else ()


@admin.register(UnitSuccession)
class UnitSuccessionAdmin(KeptAdmin):
    list_display = ("old", "new", "kind", day_column("effective_date", _("effective date")))
    list_filter = ("kind", ("new__parent", DescribedFilter))
    list_select_related = ("old", "new")
    date_hierarchy = "effective_date"
    search_fields = ("old__search", "new__search")
    autocomplete_fields = ("old", "new")


@admin.register(BorderPair)
class BorderPairAdmin(KeptAdmin):
    """Which communes touch: derived data, which whoever knows the land may mend."""

    list_display = ("one", "other", "shortest_km", "longest_km", "confidence", *VALIDITY)
    list_filter = (ValidityFilter,)
    list_select_related = ("one", "other")
    search_fields = ("one__search", "other__search")
    autocomplete_fields = ("one", "other")
    actions = ("close_today",)
    fields = (
        *("one", "other", ("shortest_km", "longest_km"), "confidence", "note", "method"),
        ("valid_from", "valid_to"),
    )


@admin.register(Force)
class ForceAdmin(KeptAdmin):
    list_display = ("name", *VALIDITY, "note")
    list_filter = (ValidityFilter,)
    search_fields = ("search",)
    actions = ("close_today",)
    fields = ("name", ("valid_from", "valid_to"), "note")


class _MembershipsApart(forms.BaseInlineFormSet):
    """The model looks for clashes among stored rows; here two rows of one page are compared."""

    def clean(self) -> None:
        super().clean()
        rows = [form.instance for form in self.forms if form.has_changed() and form.is_valid()]
        for i, row in enumerate(rows):
            if any(row.clashes_with(other) for other in rows[:i]):
                raise forms.ValidationError(_("Two of these memberships are in the same cluster at the same time."))


class MembershipInline(KeptInline):
    model = MemberUnit
    formset = _MembershipsApart
    autocomplete_fields = ("party",)
    fields = ("party", "joined", "left")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        """A new unit joins on the same page."""
        return 0 if obj else 1


@admin.register(PoliceUnit)
class PoliceUnitAdmin(KeptAdmin):
    list_display = ("name", "place_with_code", "memberships_now", *VALIDITY)
    list_filter = (
        ValidityFilter,
        ("memberships__party__cluster", DescribedFilter),
        ("memberships__party", DescribedFilter),
        "administrative_unit__kind",
    )
    list_select_related = ("administrative_unit",)
    search_fields = ("search", "administrative_unit__search")
    autocomplete_fields = ("administrative_unit", "cluster")
    actions = ("close_today",)
    fields = ("name", "administrative_unit", "cluster", ("valid_from", "valid_to"))
    inlines = (MembershipInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[PoliceUnit]:
        return super().get_queryset(request).prefetch_related("memberships__party__cluster")

    @admin.display(description=_("official code"), ordering="administrative_unit__code", empty_value="–")
    def place_with_code(self, unit: PoliceUnit) -> str | None:
        return unit.administrative_unit.code if unit.administrative_unit else None

    @admin.display(description=_("member of"), empty_value="–")
    def memberships_now(self, unit: PoliceUnit) -> str | None:
        open_ones = [member for member in unit.memberships.all() if member.left is None]
        return ", ".join(f"{member.party} ({member.party.cluster})" for member in open_ones) or None


class ActivityFilter(ValidityFilter):
    title = _("activity")
    start, end = "active_from", "active_to"


@admin.register(Officer)
class OfficerAdmin(PersonAdmin):
    closes_with = "active_to"
    list_display = (
        "name",
        "rank",
        "post",
        "unit",
        day_column("active_from", _("active from")),
        day_column("active_to", _("last active day")),
    )
    list_filter = (
        ActivityFilter,
        ("unit__memberships__party__cluster", DescribedFilter),
        ("unit__memberships__party", DescribedFilter),
    )
    list_select_related = ("unit",)
    search_fields = ("search", "unit__search")
    autocomplete_fields = ("unit",)
    actions = ("close_today",)
    fields = ("name", ("rank", "post"), "unit", ("active_from", "active_to"))
