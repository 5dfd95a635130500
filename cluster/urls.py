"""Every address of the project (design.md, "Addresses and commands")."""

from django.contrib import admin
from django.urls import include, path

from cluster.views import accounts
from cluster.views.cluster_detail import cluster_detail
from cluster.views.healthz import healthz

accounts_urls = (
    [
        path("login/", accounts.login, name="login"),
        path("logout/", accounts.logout, name="logout"),
        path("password/", accounts.password_change, name="password_change"),
        path("password/changed/", accounts.password_changed, name="password_changed"),
        path("language/", accounts.language, name="language"),
    ],
    "accounts",
)

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include(accounts_urls)),
    path("admin/", admin.site.urls),
    path("clusters/<slug:slug>/", cluster_detail, name="cluster_detail"),
    path("", include("patrols.urls")),
    path("", include("incidents.urls")),
    path("", include("reports.urls")),
]
