"""The promise on signed figures, tried in any order: `python -m reports.verify_figures [--runs N] [--seed S]`.

A small cluster with two reviews, one of them signed. Each run edits, adds, confirms, corrects, refuses, deletes,
writes, returns, signs and amends as chance has it, and after every step what was signed must be what it was: the bytes
of the snapshot, its hash, every figure, and nothing left of what was refused (reports/faults/signed.py). Two mistakes
made on purpose must be found.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest import mock

PROMISED, SMALL = 5_000, 200
STEPS = 5


def tried(made: dict[str, Any], runs: int, *, seed: int | None = None) -> str:
    """What the machine finds in that many runs, empty: nothing. Without a seed the runs are the same each time."""
    from hypothesis import HealthCheck, Phase, settings
    from hypothesis import seed as seeded
    from hypothesis.stateful import run_state_machine_as_test

    from reports.faults.signed import Broken, SignedFigures

    machine: Any = type("SignedFigures", (SignedFigures,), {"made": made})
    machine = seeded(seed)(machine) if seed is not None else machine
    how = settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=seed is None,
        report_multiple_bugs=False,
        # The steps that were found are told; to look for fewer would take longer than to find them.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    try:
        run_state_machine_as_test(machine, settings=how)
    except Broken as found:
        return str(found)
    return ""


def without_seals() -> Any:
    """The first mistake: nobody asks for the seal."""
    return mock.patch("cluster.models.seals.SealQuerySet.touching", lambda seals, span: seals.none())


def with_a_snapshot_made_anew() -> Any:
    """The second mistake: closing an amendment writes the snapshot of today in place of the signed one."""
    from reports import services
    from reports.edition import Edition
    from reports.freezing import canonical, sha256
    from reports.models import Review
    from reports.snapshot import snapshot_of

    close = services.close_amendment

    def close_and_sign_anew(amendment: Any, **known: Any) -> Any:
        closed, review = close(amendment, **known), amendment.review
        texts = Edition.of(review).said["sections"]
        said = snapshot_of(review.cluster, review.period, review.comparison, sections=texts, now=known["now"])
        text = canonical(said)
        Review.objects.filter(pk=review.pk).update(snapshot=text, snapshot_hash=sha256(text))
        return closed

    return mock.patch.object(services, "close_amendment", close_and_sign_anew)


def main(runs: int, seed: int) -> list[str]:
    """What does not hold, in sentences; empty: all as promised."""
    from reports.faults.signed import world

    made, began = world(), time.monotonic()
    found = tried(made, runs, seed=seed)
    print(f"{runs} runs of {STEPS} steps, seed {seed}: {time.monotonic() - began:.0f} s, {found or 'nothing found'}")
    broken = [f"a signed figure can be changed: {found}"] if found else []
    for name, mistake in (("without seals", without_seals), ("snapshot made anew", with_a_snapshot_made_anew)):
        with mistake():
            seen = tried(made, SMALL, seed=seed)
        print(f"control, {name}: {seen or 'not found'}")
        broken += [] if seen else [f"the control {name!r} was not found: the try above proves nothing"]
    return broken


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=PROMISED, metavar="N")
    parser.add_argument("--seed", type=int, default=2017)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": f"sqlite:///{Path(folder) / 'db.sqlite3'}", "SECRET_KEY": "verify-figures-" * 4}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cluster.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        problems = main(arguments.runs, arguments.seed)
    sys.exit("\n".join(problems) or 0)
