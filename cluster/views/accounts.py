"""Signing in and out, the own password, the language of the pages, and what one is told by mail."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST
from django.views.i18n import set_language as django_set_language

from cluster.access import access_of, public, signed_in
from cluster.forms import PreferencesForm
from cluster.models import User
from cluster.notices import choices_of, save_preferences

_login = auth_views.LoginView.as_view(template_name="accounts/login.html", redirect_authenticated_user=True)
# Signing out twice, from two tabs, is no error.
logout = public(auth_views.LogoutView.as_view())
password_change = signed_in(
    auth_views.PasswordChangeView.as_view(
        template_name="accounts/password_change.html", success_url="/accounts/password/changed/"
    )
)
password_changed = signed_in(auth_views.PasswordChangeDoneView.as_view(template_name="accounts/password_changed.html"))


@public
def login(request: HttpRequest) -> HttpResponseBase:
    """Who has chosen a language finds it on every device."""
    response = _login(request)
    if request.user.is_authenticated and request.user.language:
        _keep_language(response, request.user.language)
    return response


@public
@require_POST
def language(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen language in a cookie, and for who has signed in for good; back to the page it was chosen on."""
    wanted = request.POST.get("language", "")
    if request.user.is_authenticated and wanted in dict(settings.LANGUAGES):
        User.objects.filter(pk=request.user.pk).update(language=wanted)
    return django_set_language(request)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """The own language, and which notices come by mail, at once or in the daily digest."""
    access = access_of(request)
    chosen = {kind: delivery for (_user, kind), delivery in choices_of([access.user]).items()}
    data = request.POST if request.method == "POST" else None
    form = PreferencesForm(data, user=access.user, chosen=chosen, has_notices=bool(access.record_cluster_ids))
    if data is None or not form.is_valid():
        status = 200 if data is None else 422
        return render(request, "accounts/preferences.html", {"form": form}, status=status)
    language = form.cleaned_data["language"]
    save_preferences(access.user, language=language, deliveries=form.deliveries())
    with override(language):
        messages.success(request, _("Saved."))
    response = redirect("accounts:preferences")
    _keep_language(response, language)
    return response


def _keep_language(response: HttpResponseBase, language: str) -> None:
    """As Django's own view keeps it."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )


def locked_out(request: HttpRequest, response: object, credentials: object) -> HttpResponse:
    """Too many wrong passwords: axes answers with this page in place of the login form."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)
