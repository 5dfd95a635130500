from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cluster.models import Cluster, User
from reports.sample.load import load_sample
from reports.sample.tables import CLUSTERS


class Command(BaseCommand):
    help = "Add the sample clusters and accounts, as far as they are not there yet."

    def handle(self, **options: Any) -> None:
        if not settings.DEMO_PASSWORD:
            raise CommandError(_("Set DEMO_PASSWORD: the sample accounts get it as their password."))
        if User.objects.exists() and not Cluster.objects.filter(slug__in=CLUSTERS).exists():
            raise CommandError(_("This database has users and no sample: it is in real use, so no sample is loaded."))
        load_sample(password=settings.DEMO_PASSWORD)
        for cluster in Cluster.objects.filter(slug__in=CLUSTERS):
            self.stdout.write(f"/clusters/{cluster.slug}/  {cluster.name}")
