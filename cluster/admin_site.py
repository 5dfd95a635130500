"""Django admin as the administrator's desk: one way in, and what its pages share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from cluster.access import access_of
from cluster.labels import described
from cluster.views import accounts


class ClusterAdminSite(AdminSite):
    site_header = _("Liên Hoàn administration")
    site_title = _("Liên Hoàn administration")
    index_title = _("Units, people, rights and catalogues")

    def has_permission(self, request: HttpRequest) -> bool:
        return access_of(request).is_administrator

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:  # noqa: FBT001, FBT002  Django's
        """Nobody is asked to sign in again for a right that they do not have: that is a 403."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def administrators_only(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return administrators_only

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """There is one sign-in page, with its throttling and second factor."""
        target = request.GET.get("next") or reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect_to_login(target, reverse("accounts:login"))
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return accounts.logout(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("accounts:password_change")

    def i18n_javascript(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Django's own catalogue lacks Vietnamese words; ours has them."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "cluster"])(request)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return _DescribedChoices.as_view(admin_site=self)(request)


class _DescribedChoices(AutocompleteJsonView):
    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        return {"id": str(getattr(obj, to_field_name)), "text": described(obj)}
