from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cluster.models import Cluster
from reports.sample.load import load_sample
from reports.sample.tables import CLUSTERS


class Command(BaseCommand):
    help = "Add the sample clusters and accounts, as far as they are not there yet."

    def handle(self, **options: Any) -> None:
        if not settings.DEMO_PASSWORD:
            raise CommandError(_("Set DEMO_PASSWORD: the sample accounts get it as their password."))
        load_sample(password=settings.DEMO_PASSWORD)
        for cluster in Cluster.objects.filter(slug__in=CLUSTERS):
            self.stdout.write(f"/clusters/{cluster.slug}/  {cluster.name}")
