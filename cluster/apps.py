from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class ClusterConfig(AppConfig):
    name = "cluster"
    verbose_name = _("Units, clusters and people")
    default = True

    def ready(self) -> None:
        from cluster import checks  # noqa: F401  registers the system checks


class AdminConfig(admin_apps.AdminConfig):
    default_site = "cluster.admin_site.ClusterAdminSite"
    default = False
