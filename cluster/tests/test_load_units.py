"""The command prints one line, and says who answers for the rows."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cluster.models import Force
from cluster.tests.factories import make_user

pytestmark = pytest.mark.django_db


def output_of(*arguments: str) -> str:
    out = StringIO()
    call_command("load_units", *arguments, stdout=out)
    return out.getvalue()


def test_load_units_prints_one_line_of_counts() -> None:
    first, second = output_of(), output_of()
    assert [word for word in first.split() if word.isdigit()] == ["76", "58", "12", "73", "15"]
    assert [word for word in second.split() if word.isdigit()] == ["0"] * 5
    assert first.count("\n") == second.count("\n") == 1


def test_load_units_as_a_user_is_in_the_history() -> None:
    user = make_user(username="quan-tri")
    output_of("--as", "quan-tri")
    assert {entry.history_user for entry in Force.history.all()} == {user}


def test_load_units_as_nobody_loads_nothing() -> None:
    with pytest.raises(CommandError, match="khong-co"):
        output_of("--as", "khong-co")
    assert not Force.objects.exists()
