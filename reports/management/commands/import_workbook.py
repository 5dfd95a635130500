import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_slug
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster.models import Cluster, User
from cluster.names import unknown
from cluster.workbook.answers import MAX_BYTES, UnreadableWorkbook
from reports.workbook.importing import ImportRefused, Order, import_book
from reports.workbook.plan import Plan
from reports.workbook.problems import Problem
from reports.workbook.read import Book, read_book
from reports.workbook.summary import count_lines, new_things


class Command(BaseCommand):
    help = "Import a workbook (design.md, “The workbook”): all of it, or nothing and every error with its place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.xlsx", type=Path)
        parser.add_argument("--cluster", dest="slug", metavar="SLUG", required=True, help="the cluster's address")
        parser.add_argument("--create", action="store_true", help="set up the cluster, its units and categories")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and write nothing")
        parser.add_argument("--as", dest="user", metavar="USER", help="who answers for it in the history")

    def handle(self, *, file: Path, slug: str, create: bool, dry_run: bool, user: str | None, **options: Any) -> None:
        _check_cluster(slug, create=create)
        order = Order(slug=slug, by=_user(user), now=timezone.now(), create=create, dry_run=dry_run)
        book = self._book(file)
        try:
            plan = import_book(book, order, progress=self._say)
        except ImportRefused as refused:
            raise CommandError(_refusal(refused.plan.problems.errors)) from None
        except IntegrityError as error:
            reason = _("The records changed while they were imported, so nothing was written. Try again.")
            raise CommandError(f"{reason} ({str(error).splitlines()[0]})") from error
        self._print_summary(book, plan, dry_run=dry_run)

    def _book(self, file: Path) -> Book:
        try:
            with file.open("rb") as stream:
                content = stream.read(MAX_BYTES + 1)
        except OSError as error:
            details = {"file": file, "error": error.strerror}
            raise CommandError(_("%(file)s cannot be read: %(error)s.") % details) from None
        try:
            return read_book(content, progress=self._say)
        except UnreadableWorkbook as error:
            raise CommandError(f"{file}: {error}") from None

    def _say(self, text: str) -> None:
        self.stderr.write(text, self.style.NOTICE)
        sys.stderr.flush()

    def _print_summary(self, book: Book, plan: Plan, *, dry_run: bool) -> None:
        if book.is_empty:
            self.stdout.write(_("There is nothing to import: the sheets hold no rows."))
        for line in count_lines(plan):
            self.stdout.write(line)
        for things in new_things(plan):
            self.stdout.write(f"{things.title}: {'; '.join(things.names)}")
        for warning in plan.problems.warnings:
            self.stdout.write(_("Warning: %(warning)s") % {"warning": warning})
        if dry_run:
            self.stdout.write(_("This was a trial (--dry-run): nothing was written."))
        elif not plan.changes_anything:
            self.stdout.write(_("Nothing is new, so nothing was changed."))


def _check_cluster(slug: str, *, create: bool) -> None:
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise CommandError(f"--cluster {slug}: {error.messages[0]}") from None
    if not create and not Cluster.objects.filter(slug=slug).exists():
        reason = unknown(slug, Cluster.objects.values_list("slug", flat=True))
        remedy = _("--create sets up a new cluster.")
        raise CommandError(f"--cluster: {reason} {remedy}")


def _user(username: str | None) -> User | None:
    if not username:
        return None
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(_("There is no user “%(name)s”.") % {"name": username})
    return user


def _refusal(errors: list[Problem]) -> str:
    count = ngettext("%(count)d error, nothing was written:", "%(count)d errors, nothing was written:", len(errors)) % {
        "count": len(errors)
    }
    return "\n".join([count, *map(str, errors)])
