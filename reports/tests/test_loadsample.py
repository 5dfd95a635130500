"""What needs a database without the sample; the rest stands in test_sample.py."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cluster.models import AdministrativeUnit, Cluster, User


def test_loadsample_refuses_a_database_in_real_use(db: None, settings: Any) -> None:
    settings.DEMO_PASSWORD = "mot-mat-khau-dai"
    User.objects.create_user("nguoi-that")
    with pytest.raises(CommandError):
        call_command("loadsample")
    counts = [model.objects.count() for model in (User, Cluster, AdministrativeUnit)]
    assert counts == [1, 0, 0]
