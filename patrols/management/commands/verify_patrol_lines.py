"""``manage.py verify_patrol_lines``: no line's copy of cluster and date differs from its patrol's."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from patrols.services import lines_that_differ


class Command(BaseCommand):
    help = "Check that every line carries the cluster and date of its patrol; name those that do not and fail."

    def handle(self, *args: Any, **options: Any) -> None:
        if differing := lines_that_differ():
            raise CommandError(
                f"{len(differing)} lines differ from their patrol: {', '.join(map(str, differing[:20]))}."
                " Save each of these patrols once through its form; the figures of its period were wrong."
            )
        self.stdout.write("All lines agree with their patrols.")
