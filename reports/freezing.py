"""What a reckoning says as plain JSON, and back: rows of named fields, periods, and things known by key and name.

The names of the fields and their types say how; a new breakdown needs nothing here.
"""

import datetime as dt
import hashlib
import json
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from django.db.models import Model
from django.utils.functional import Promise


def canonical(content: Any) -> str:
    """The one text of a content: keys sorted, no blanks, every letter as itself."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def frozen(value: Any) -> Any:
    """The value in plain types. Raises ``TypeError`` for a float: another machine may write it otherwise."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Model):
        return {"key": value.pk, "name": str(value)}
    if isinstance(value, dict):
        return {str(key): frozen(part) for key, part in value.items()}
    if names := _field_names(type(value)):
        return {name: frozen(getattr(value, name)) for name in names}
    if isinstance(value, list | tuple):
        return [frozen(part) for part in value]
    raise TypeError(f"{type(value).__name__} cannot be frozen: {value!r}")


def thawed(kind: Any, content: Any) -> Any:
    """The value of that type, as it was frozen; a row of the database comes back with its key and name alone."""
    if content is None:
        return None
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return thawed(next(part for part in arguments if part not in (NoneType, Promise)), content)
    if origin is list:
        return [thawed(arguments[0], part) for part in content]
    if origin is tuple:
        return tuple(thawed(arguments[0], part) for part in content)
    if origin is dict:
        return {key: thawed(arguments[1], part) for key, part in content.items()}
    if kind is dt.date:
        return dt.date.fromisoformat(content)
    if isinstance(kind, type) and issubclass(kind, Model):
        return kind(pk=content["key"], name=content["name"])
    if names := _field_names(kind):
        types = get_type_hints(kind)
        return kind(**{name: thawed(types[name], content[name]) for name in names if name in content})
    return content


def _field_names(kind: Any) -> tuple[str, ...]:
    """Of a named tuple or a dataclass; none of anything else."""
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    return getattr(kind, "_fields", ())
