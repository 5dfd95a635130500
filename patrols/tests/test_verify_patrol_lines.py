import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from patrols.models import Contingent
from patrols.tests.factories import make_patrol


def test_verify_patrol_lines_passes_on_what_the_services_write(db) -> None:
    make_patrol()
    out = StringIO()
    call_command("verify_patrol_lines", stdout=out)
    assert "agree" in out.getvalue()


def test_verify_patrol_lines_names_a_line_that_went_astray(db) -> None:
    line = make_patrol().contingents.first()
    Contingent.objects.filter(pk=line.pk).update(local_date=dt.date(2000, 1, 1))
    with pytest.raises(CommandError, match=f"{line.pk}"):
        call_command("verify_patrol_lines")
