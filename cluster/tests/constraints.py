"""How a test proves that the database itself refuses a row, whatever the forms say."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction


class Case(NamedTuple):
    """A constraint and a write past the forms (``bulk_create`` or ``update``) that breaks it and no other."""

    name: str
    write: Callable[[], Any]


def named_constraints(app: str) -> dict[str, models.BaseConstraint]:
    return {
        constraint.name: constraint
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def cases_of(cases: Iterable[Case]) -> Any:
    """Parametrise a test by these cases; a constraint may have several."""
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)


def assert_refused(case: Case) -> None:
    """The write fails for the constraint of its name. SQLite names the columns of a unique one instead."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        case.write()
    said = str(refusal.value)
    if connection.vendor == "sqlite" and said.startswith("UNIQUE constraint failed: ") and case.name not in said:
        constraint = _constraint(case.name)
        assert isinstance(constraint, models.UniqueConstraint)
        columns = {column.rpartition(".")[2].removesuffix("_id") for column in said.partition(": ")[2].split(", ")}
        assert columns == {name.removesuffix("_id") for name in constraint.fields}
    else:
        assert case.name in said


def _constraint(name: str) -> models.BaseConstraint:
    everything = [c for config in apps.get_app_configs() for m in config.get_models() for c in m._meta.constraints]
    return next(constraint for constraint in everything if constraint.name == name)


def copy_of(row: models.Model, **changes: Any) -> models.Model:
    """A second row like the first, unsaved; ``bulk_create`` writes it without any check of ours."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)(**values | changes)


def insert(row: models.Model) -> None:
    type(row)._default_manager.bulk_create([row])


def update(row: models.Model, **changes: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**changes)
