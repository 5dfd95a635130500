"""``manage.py review``: the review of a cluster and a period, as text, JSON or a file (design.md)."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cluster.models import Cluster
from reports.as_json import review_json
from reports.as_text import review_text
from reports.edition import Edition
from reports.paper.keeping import Format, file_of
from reports.periods import Period


class Command(BaseCommand):
    help = "Print the review of a cluster and a year, or of any period."
    # Nothing but the review goes to standard output.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="address of the cluster, such as le-thuy-vinh-linh")
        parser.add_argument("year", type=int, help="reporting year; it bears the year of its last day")
        for name in ("--from", "--to", "--compare-from", "--compare-to"):
            parser.add_argument(name, type=dt.date.fromisoformat, metavar="DATE", help="YYYY-MM-DD")
        parser.add_argument("--format", choices=("text", "json", *Format.values), default="text")
        parser.add_argument("--output", type=Path, metavar="FILE", help="write there instead of standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cluster = Cluster.objects.get(slug=options["slug"])
        except Cluster.DoesNotExist:
            known = ", ".join(Cluster.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no cluster {options['slug']}. Known: {known}.") from None
        period = _period(options, "from", "to") or Period.of_year(cluster, options["year"])
        edition = Edition(cluster, period, _period(options, "compare_from", "compare_to"))
        if options["format"] in Format.values:
            self._write_file(file_of(edition, options["format"], now=timezone.now()), options["output"])
            return
        if options["format"] == "json":
            text = json.dumps(review_json(edition), ensure_ascii=False, indent=2)
        else:
            text = review_text(edition)
        if options["output"]:
            options["output"].write_text(text + "\n", encoding="utf-8")
        else:
            self.stdout.write(text)

    def _write_file(self, content: bytes, output: Path | None) -> None:
        """Bytes go to a file or a pipe, never to a terminal."""
        if output:
            output.write_bytes(content)
            return
        # What a caller of ``call_command`` hands in may hold text alone.
        stream = getattr(self.stdout._out, "buffer", None)
        if stream is None or self.stdout.isatty():
            raise CommandError("A file is nothing for a terminal: add --output FILE, or send it to a file or a pipe.")
        stream.write(content)
        stream.flush()


def _period(options: dict[str, Any], start: str, end: str) -> Period | None:
    """The period of two options; both or none of them. Raises ``CommandError``."""
    if options[start] is None and options[end] is None:
        return None
    if options[start] is None or options[end] is None:
        names = " and ".join(f"--{name.replace('_', '-')}" for name in (start, end))
        raise CommandError(f"{names} go together.")
    try:
        return Period(options[start], options[end])
    except ValueError as error:
        raise CommandError(str(error)) from None
