"""Run once a day: tells of deadlines, mails the daily digests, and puts away notices that nobody needs any more."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from cluster.models import Notice
from cluster.notices import send_digests
from reports.deadlines import DEADLINES


class Command(BaseCommand):
    help = "Tell of deadlines and mail the daily digests; run it once a day, as by cron at 07:00."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        for tell_of in DEADLINES:
            with transaction.atomic():
                tell_of(now=now)
        sent = send_digests(now=now)
        Notice.objects.outlived(now).delete()
        self.stderr.write(f"{sent} digests were mailed.")
