"""Every address of the project (design.md, "Addresses and commands")."""

from django.contrib import admin
from django.urls import include, path

from cluster.registers import REGISTERS
from cluster.views import accounts, briefings
from cluster.views.cluster_detail import cluster_detail
from cluster.views.exchanges import exchange_answer
from cluster.views.healthz import healthz
from cluster.views.notices import notice_list, notice_open, notice_read_all
from cluster.views.offline import offline, queue_session, service_worker, web_manifest
from cluster.views.paper_settings import paper_settings
from cluster.views.registers import pages_of

accounts_urls = (
    [
        path("login/", accounts.login, name="login"),
        path("logout/", accounts.logout, name="logout"),
        path("password/", accounts.password_change, name="password_change"),
        path("password/changed/", accounts.password_changed, name="password_changed"),
        path("language/", accounts.language, name="language"),
        path("settings/", accounts.preferences, name="preferences"),
    ],
    "accounts",
)

BRIEFING = "clusters/<slug:slug>/briefings/<uuid:client_id>"

handler400 = "cluster.views.errors.bad_request"
handler403 = "cluster.views.errors.forbidden"
handler404 = "cluster.views.errors.not_found"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("sw.js", service_worker, name="service_worker"),
    path("manifest.webmanifest", web_manifest, name="web_manifest"),
    path("offline/", offline, name="offline"),
    path("queue/session/", queue_session, name="queue_session"),
    path("accounts/", include(accounts_urls)),
    path("notices/", notice_list, name="notice_list"),
    path("notices/read/", notice_read_all, name="notice_read_all"),
    path("notices/<int:pk>/", notice_open, name="notice_open"),
    path("admin/", admin.site.urls),
    path("clusters/<slug:slug>/", cluster_detail, name="cluster_detail"),
    path("clusters/<slug:slug>/papers/", paper_settings, name="paper_settings"),
    *(page for register in REGISTERS for page in pages_of(register)),
    path("clusters/<slug:slug>/exchanges/<uuid:client_id>/answer/", exchange_answer, name="exchange_answer"),
    path("clusters/<slug:slug>/briefings/year/", briefings.briefing_year, name="briefing_year"),
    path(f"{BRIEFING}/conclusions/", briefings.briefing_conclude, name="briefing_conclude"),
    path(f"{BRIEFING}/minutes.docx", briefings.briefing_docx, name="briefing_docx"),
    path(f"{BRIEFING}/minutes.pdf", briefings.briefing_pdf, name="briefing_pdf"),
    path(
        "clusters/<slug:slug>/conclusions/<uuid:client_id>/follow/",
        briefings.conclusion_follow,
        name="conclusion_follow",
    ),
    path("", include("patrols.urls")),
    path("", include("incidents.urls")),
    path("", include("reports.register_urls")),
    path("", include("reports.urls")),
]
