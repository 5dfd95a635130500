"""security.md 3 to 5, tried by real clients on a real server: `python -m reports.verify_race [--records N]`.

On SQLite and on PostgreSQL every record is sent four times by many clients at once, sixteen texts claim one client id,
and one record is edited by sixteen officers at once, round after round. Each race has its control, a mistake on
purpose that must show: the same copies on SQLite with deferred transactions, and editors who take the version just
before they save, so that it compares nothing. Prints a table; ends with 1 unless every promise holds and every control
shows its mistake.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from reports.faults.race import HEAD, Outcome, Race, save_regardless
from reports.faults.site import TOP, Site

SMALL, PROMISED = 200, 5000
CONTROL_RECORDS, CONTROL_ROUNDS = 100, 1
DEFERRED = 'DATABASES["default"]["OPTIONS"]["transaction_mode"] = "DEFERRED"'


def main(records: int, *, database: str = "") -> list[str]:
    """Try it on SQLite, or on the empty ``database``; prints the table and returns what does not hold."""
    clients, rounds = (32 if records >= PROMISED else 16), max(5, records // 50)
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory(prefix="lien-hoan-race-") as folder, Site(Path(folder), database=database) as site:
        site.prepare()
        site.start()
        race, kind = Race(site), "PostgreSQL" if database else "SQLite"
        found = [
            *promised(
                race.copies(f"{kind}: {records} × 4 copies, {clients} clients", records=records, clients=clients)
            ),
            *promised(race.clashes(f"{kind}: 16 texts under each of {rounds} ids", ids=rounds)),
            *promised(race.edits(f"{kind}: 16 editors, {rounds} rounds", rounds=rounds)),
            *control(
                race.edits("  control: no version compared", rounds=CONTROL_ROUNDS, save=save_regardless),
                shows=lambda outcome: outcome.lost > 0,
            ),
        ]
        if not database:
            found += deferred(site, clients)
    return found


def deferred(site: Site, clients: int) -> list[str]:
    """The same server and database, in transactions that begin to write when it is too late."""
    site.settings = [DEFERRED]
    site.restart()
    race = Race(site)
    name = f"  control: {CONTROL_RECORDS} × 4, deferred transactions"
    outcome = race.copies(name, records=CONTROL_RECORDS, clients=clients, route="Tuyến đối chứng")
    return control(outcome, shows=lambda outcome: outcome.errors > 0)


def promised(outcome: Outcome) -> list[str]:
    print(outcome.row, flush=True)
    return [f"{outcome.name.strip()}: broken: {what}" for what in outcome.broken]


def control(outcome: Outcome, *, shows: Callable[[Outcome], bool]) -> list[str]:
    print(outcome.row, flush=True)
    return [] if shows(outcome) else [f"{outcome.name.strip()}: the mistake did not show; the try above proves nothing"]


def on_postgres(records: int) -> int:
    """The same in a process of its own, beside an empty PostgreSQL server that ends with it."""
    start = 'exec "$0" -m reports.verify_race --records "$1" --database "$DATABASE_URL"'
    command = [str(TOP / ".ci/with-postgres"), "sh", "-c", start, sys.executable, str(records)]
    return subprocess.run(command, cwd=TOP).returncode  # noqa: S603


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=SMALL, metavar="N")
    parser.add_argument("--database", default="", help="an empty one, instead of SQLite and PostgreSQL in turn")
    asked = parser.parse_args()
    found = main(asked.records, database=asked.database)
    if not asked.database and on_postgres(asked.records):
        found.append("PostgreSQL: see above")
    sys.exit("\n".join(f"FAILED: {line}" for line in found) or 0)
