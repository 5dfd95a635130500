"""Who: users, and the postings that give them rights."""

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm, UserCreationForm, UsernameField
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters

from cluster.admin.base import DescribedFilter, KeptAdmin, KeptStackedInline, PersonAdmin, ValidityFilter
from cluster.labels import day_column
from cluster.models import Posting, User

# Rights come from postings alone.
admin.site.unregister(Group)

_PLACES = ("unit", "party", "cluster", "province")


class _NoAdministratorLeft(Exception):
    """Nobody could open these pages any more."""

    message = _("At least one active administrator without a last day must remain: nothing was changed.")


def _administrators_last() -> bool:
    """Whether an administrator stays. Two of them who close each other at once wait here for their turn."""
    return bool(Posting.objects.lasting_administrators().select_for_update())


class _KeepsAnAdministrator:
    """Takes back a change, of a user with the postings or of a posting, that leaves no administrator."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]
        except _NoAdministratorLeft as refusal:
            messages.error(request, refusal.message)
            return redirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001  Django's signature
        form.administrators_lasted = _administrators_last()
        super().save_model(request, obj, form, change)  # type: ignore[misc]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001  Django's signature
        """Before Django reports success, and still in its transaction."""
        super().save_related(request, form, formsets, change)  # type: ignore[misc]
        if form.administrators_lasted and not _administrators_last():
            raise _NoAdministratorLeft


class _UserAddForm(UserCreationForm):
    class Meta:
        model = User
        fields = ("username", "full_name", "email")
        field_classes = {"username": UsernameField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The page's own script sets the focus; a second claim on it is an error in the console.
        del self.fields["username"].widget.attrs["autofocus"]
        # Else a browser offers the administrator's own address, or takes this field for the name of the account.
        self.fields["email"].widget.attrs["autocomplete"] = "off"


class PostingInline(KeptStackedInline):
    model = Posting
    autocomplete_fields = _PLACES
    fields = ("role", *_PLACES, ("valid_from", "valid_to"))

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(Posting.Role.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if role := self.value():
            return queryset.filter(pk__in=Posting.objects.active().filter(role=role).values("user"))
        return queryset


@admin.register(User)
class UserAdmin(_KeepsAnAdministrator, PersonAdmin):
    list_display = ("username", "full_name", "roles_today", "is_active", "last_login")
    list_filter = ("is_active", RoleFilter)
    search_fields = ("search",)
    readonly_fields = ("password_link", "last_login")
    inlines = (PostingInline,)
    fields = ("username", "full_name", "email", "is_active", "password_link", "last_login")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fields(request, obj) if obj else (*_UserAddForm.Meta.fields, "password1", "password2")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002  Django's signature
        return super().get_form(request, obj, change, **({} if obj else {"form": _UserAddForm}) | kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        of_today = Posting.objects.active().select_related(*_PLACES)
        return super().get_queryset(request).prefetch_related(Prefetch("postings", of_today, "postings_today"))

    @admin.display(description=_("roles today"), empty_value="–")
    def roles_today(self, user: Any) -> str | None:
        return ", ".join(map(str, user.postings_today)) or None

    @admin.display(description=_("password"))
    def password_link(self, user: User) -> str:
        address = reverse("admin:cluster_user_password", args=(user.pk,))
        return format_html('<a href="{}">{}</a>', address, _("Set a password"))

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.set_password)
        return [path("<path:object_id>/password/", view, name="cluster_user_password"), *super().get_urls()]

    @method_decorator(sensitive_post_parameters())
    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().add_view(request, *args, **kwargs)

    @method_decorator(sensitive_post_parameters())
    def set_password(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A new password for a user who forgot it. Their other sessions end with the old one."""
        user = self.get_object(request, unquote(object_id))
        if user is None:
            raise Http404
        form = SetPasswordForm(user, request.POST or None)
        if form.is_valid():
            with transaction.atomic():
                form.save()
                self.log_change_of(request, user, "password")
            if user == request.user:
                update_session_auth_hash(request, user)
            messages.success(request, _("The password is set. Other sessions of the user have ended."))
            return redirect("admin:cluster_user_change", user.pk)
        context = {"title": _("Set a password"), "subtitle": str(user), "original": user, "form": form}
        context |= {"opts": self.opts, **self.admin_site.each_context(request)}
        return TemplateResponse(request, "admin/cluster/user/set_password.html", context)


@admin.register(Posting)
class PostingAdmin(_KeepsAnAdministrator, KeptAdmin):
    list_display = (
        "user",
        "role",
        "place",
        day_column("valid_from", _("valid from")),
        day_column("valid_to", _("last valid day")),
    )
    list_filter = (
        ValidityFilter,
        "role",
        ("cluster", DescribedFilter),
        ("party", DescribedFilter),
    )
    list_select_related = ("user", *_PLACES)
    date_hierarchy = "valid_from"
    search_fields = ("user__search", "unit__search", "cluster__search", "province__search")
    autocomplete_fields = ("user", *_PLACES)
    actions = ("end_now",)
    fields = ("user", *PostingInline.fields)

    @admin.display(description=_("held at"), empty_value="–")
    def place(self, posting: Posting) -> Any:
        return posting.place

    @admin.action(description=_("End now: yesterday was the last day"), permissions=["change"])
    def end_now(self, request: HttpRequest, queryset: QuerySet[Posting]) -> None:
        """A right that is withdrawn acts at the next request, so its last day cannot be today."""
        today = timezone.localdate()
        try:
            with transaction.atomic():
                administrators_lasted = _administrators_last()
                still_open = queryset.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))
                ended = [posting for posting in still_open if self._end(request, posting, today)]
                if administrators_lasted and not _administrators_last():
                    raise _NoAdministratorLeft
        except _NoAdministratorLeft as refusal:
            messages.error(request, refusal.message)
        else:
            text = ngettext("%(count)d posting ended.", "%(count)d postings ended.", len(ended))
            messages.success(request, text % {"count": len(ended)})

    def _end(self, request: HttpRequest, posting: Posting, today: dt.date) -> bool:
        if posting.valid_from >= today:
            text = _(
                "“%(posting)s” starts today or later, so it cannot have ended yesterday: "
                "change it, or make the user inactive."
            )
            messages.warning(request, text % {"posting": posting})
            return False
        return self._close(request, posting, today - dt.timedelta(days=1))
