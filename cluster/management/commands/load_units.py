from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cluster.models import User
from cluster.official_units import load_official_units


class Command(BaseCommand):
    help = "Add the official units, successions and forces that are not there yet; what is there stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as", dest="user", metavar="USER", help="who answers for it in the history")

    def handle(self, *, user: str | None = None, **options: Any) -> None:
        by = User.objects.filter(username=user).first() if user else None
        if user and by is None:
            raise CommandError(_("There is no user “%(name)s”.") % {"name": user})
        added = load_official_units(by=by)
        self.stdout.write(
            _(
                "Added: %(units)d administrative units, %(successions)d successions, %(forces)d forces, "
                "%(police_units)d police units, %(border_pairs)d common borders."
            )
            % vars(added)
        )
