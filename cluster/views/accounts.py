"""Signing in and out, the own password, and the language of the pages."""

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from cluster.access import public, signed_in

login = public(auth_views.LoginView.as_view(template_name="accounts/login.html", redirect_authenticated_user=True))
# Signing out twice, from two tabs, is no error.
logout = public(auth_views.LogoutView.as_view())
password_change = signed_in(
    auth_views.PasswordChangeView.as_view(
        template_name="accounts/password_change.html", success_url="/accounts/password/changed/"
    )
)
password_changed = signed_in(auth_views.PasswordChangeDoneView.as_view(template_name="accounts/password_changed.html"))


@public
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie and go back to the page it was chosen on."""
    return django_set_language(request)


def locked_out(request: HttpRequest, response: object, credentials: object) -> HttpResponse:
    """Too many wrong passwords: axes answers with this page in place of the login form."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
