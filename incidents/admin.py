"""The catalogue of categories: all of this app that is an administrator's, who does not read incidents."""

from django.contrib import admin

from cluster.admin.base import DescribedFilter, KeptAdmin, ValidityFilter
from cluster.admin.units import VALIDITY
from incidents.models import Category


@admin.register(Category)
class CategoryAdmin(KeptAdmin):
    list_display = ("name", "group", "cluster", *VALIDITY)
    list_filter = (
        ValidityFilter,
        ("cluster", DescribedFilter),
        "group",
    )
    list_select_related = ("cluster",)
    search_fields = ("search",)
    autocomplete_fields = ("cluster",)
    actions = ("close_today",)
    fields = ("cluster", "group", "name", ("valid_from", "valid_to"))
