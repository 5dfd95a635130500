"""What all pages of the administrator share: nothing is deleted, every change names who made it."""

from collections.abc import Sequence
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.admin import SimpleHistoryAdmin

from cluster.fields import fold
from cluster.labels import described


class _Administered:
    """The site has let in administrators only, and they may do all but delete."""

    admin_site: admin.AdminSite

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        if field:
            field.label_from_instance = described
        return field


class KeptInline(_Administered, admin.TabularInline):
    extra = 0


class KeptStackedInline(_Administered, admin.StackedInline):
    extra = 0


class KeptAdmin(_Administered, SimpleHistoryAdmin):
    """A page of rows that are closed by a date rather than deleted."""

    # The field that holds the last day; with it "close_today" stands among the actions.
    closes_with = "valid_to"
    list_per_page = 50
    object_history_template = "admin/history.html"

    def get_urls(self) -> list[Any]:
        """Without the pages of simple_history that put an old version back: they check nothing."""
        return admin.ModelAdmin.get_urls(self)

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        row = super().get_object(request, object_id, from_field)
        if row:
            row._history_user = request.user
        return row

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001  Django's signature
        for inline in formset.forms:
            inline.instance._history_user = request.user
        super().save_formset(request, form, formset, change)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Every word in one of the folded columns, so that marks, đ and case do not matter."""
        for word in fold(search_term).split():
            paths = [Q(**{f"{path}__contains": word}) for path in self.get_search_fields(request)]
            queryset = queryset.filter(reduce(or_, paths))
        return queryset, False

    def set_history_delta_changes(
        self,
        request: HttpRequest,
        historical_records: Sequence[Any],
        foreign_keys_are_objs: bool = True,  # noqa: FBT001, FBT002  its signature
    ) -> None:
        """Without the folded text, which only follows the name."""
        for newer, older in pairwise(historical_records):
            delta = newer.diff_against(older, excluded_fields=("search",), foreign_keys_are_objs=foreign_keys_are_objs)
            helper = self.get_historical_record_context_helper(request, newer)
            newer.history_delta_changes = helper.context_for_delta_changes(delta)

    @admin.action(description=_("Close today: today is the last day"), permissions=["change"])
    @transaction.atomic
    def close_today(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        today = timezone.localdate()
        still_open = Q(**{self.closes_with: None}) | Q(**{f"{self.closes_with}__gt": today})
        closed = [row for row in queryset.filter(still_open) if self._close(request, row, today)]
        text = ngettext("%(count)d row closed.", "%(count)d rows closed.", len(closed))
        self.message_user(request, text % {"count": len(closed)}, messages.SUCCESS if closed else messages.WARNING)

    def _close(self, request: HttpRequest, row: Any, day: Any) -> bool:
        setattr(row, self.closes_with, day)
        try:
            row.full_clean()
        except ValidationError as error:
            self.message_user(request, f"{row}: {' '.join(error.messages)}", messages.ERROR)
            return False
        row._history_user = request.user
        row.save()
        self.log_change_of(request, row, self.closes_with)
        return True

    def log_change_of(self, request: HttpRequest, row: Any, name: str) -> None:
        """Log as Django does for a form: the field by its English name, translated when it is shown."""
        with translation.override(None):
            label = str(row._meta.get_field(name).verbose_name)
        self.log_change(request, row, [{"changed": {"fields": [label]}}])


class PersonAdmin(KeptAdmin):
    """A page of persons. Django's log keeps the key alone: a name stands in one row, to be mended or erased."""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        return _without_name(super().log_addition(request, obj, message))

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> LogEntry:
        return _without_name(super().log_change(request, obj, message))


def _without_name(entry: LogEntry) -> LogEntry:
    entry.object_repr = f"#{entry.object_id}"
    entry.save(update_fields=["object_repr"])
    return entry


class DescribedFilter(admin.RelatedOnlyFieldListFilter):
    """Of the rows that occur, told from their namesakes."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[Any]:
        occurring = model_admin.get_queryset(request).order_by().values(self.field_path)
        page = model_admin.admin_site.get_model_admin(field.remote_field.model)
        return [(row.pk, described(row)) for row in page.get_queryset(request).filter(pk__in=occurring)]


class ValidityFilter(admin.SimpleListFilter):
    title = _("validity")
    parameter_name = "valid"
    start, end = "valid_from", "valid_to"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("today", _("valid today")),
            ("past", _("no longer valid")),
            ("future", _("not yet valid")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        match self.value():
            case "today":
                lasts = Q(**{self.end: None}) | Q(**{f"{self.end}__gte": today})
                return queryset.filter(lasts, **{f"{self.start}__lte": today})
            case "past":
                return queryset.filter(**{f"{self.end}__lt": today})
            case "future":
                return queryset.filter(**{f"{self.start}__gt": today})
        return queryset
