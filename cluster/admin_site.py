"""Django admin as the administrator's desk."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class ClusterAdminSite(AdminSite):
    site_header = _("Liên Hoàn administration")
    site_title = _("Liên Hoàn administration")
    index_title = _("Units, people, rights and catalogues")
