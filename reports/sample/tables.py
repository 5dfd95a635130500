"""Reads the sample's tables; their dates and times are local, as officers write them."""

import csv
import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

FOLDER = Path(__file__).parent
CLUSTERS = ("le-thuy-vinh-linh", "giap-ranh-le-thuy-vinh-linh-2025")

Row = dict[str, str]


def table(*path: str) -> list[Row]:
    """The rows of a table, which need not be there: not every cluster has awards."""
    file = FOLDER.joinpath(*path)
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def cluster_facts(slug: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / slug / "cluster.toml").read_text(encoding="utf-8"))


def moment(text: str) -> dt.datetime:
    """``25/01/2017 21:30``, or a date alone for its midnight."""
    written = "%d/%m/%Y %H:%M" if ":" in text else "%d/%m/%Y"
    return dt.datetime.strptime(text, written).replace(tzinfo=timezone.get_default_timezone())


def day(text: str) -> dt.date:
    return moment(text).date()


def day_or_none(text: str) -> dt.date | None:
    return day(text) if text else None
