"""Django's makemessages, with this project's one language as default and diffs that show only what changed."""

import re
from pathlib import Path

from django.core.management.base import CommandParser
from django.core.management.commands import makemessages


class Command(makemessages.Command):
    # A guess that looks nearly right would be read as a translation.
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(locale=["vi"], no_wrap=True, add_location="file", no_obsolete=True, verbosity=0)

    def write_po_file(self, potfile: str, locale: str) -> None:
        # The hour of each run would stand in every diff.
        pot = Path(potfile)
        pot.write_text(re.sub(r'"POT-Creation-Date: .*\n', "", pot.read_text(encoding="utf-8")), encoding="utf-8")
        super().write_po_file(potfile, locale)
