"""``make verify-papers``: what the papers of a review cost, and whether the Word file keeps the official form.

.ci/verify-papers loads the sample into a database of its own. Word, PDF and Excel of a review are written again and
again, and their CPU seconds printed; then the Word file is checked row by row of the form's table, and the control: a
file with a planted mistake.
"""

import argparse
import io
import sys
import time
from collections.abc import Sequence

import django
import docx
from docx.shared import Mm

from cluster.paper.checker import faults_of, rules

SLUG, YEAR = "le-thuy-vinh-linh", 2017
# Of CPU, for the three files together (performance.md, target 10).
MOST_SECONDS = 1.0


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="verify_papers", description=__doc__)
    parser.add_argument("--times", type=int, default=3, help="how often each file is written (3)")
    times = parser.parse_args(arguments).times
    django.setup()
    content, seconds = _measure(times)
    total = sum(seconds.values())
    for name, spent in seconds.items():
        print(f"{name:5} {spent:6.3f} s CPU")
    print(f"total {total:6.3f} s CPU, at most {MOST_SECONDS}: {'ok' if total <= MOST_SECONDS else 'TOO SLOW'}")
    return 0 if keeps_the_form(content) and total <= MOST_SECONDS else 1


def _measure(times: int) -> tuple[bytes, dict[str, float]]:
    """The Word file, and the least CPU time of each format: what else the machine does is not theirs."""
    # Models, once Django is set up.
    from cluster.models import Cluster
    from reports.edition import Edition
    from reports.paper.keeping import Format, make_file
    from reports.periods import Period

    cluster = Cluster.objects.get(slug=SLUG)
    seconds: dict[str, float] = {}
    files: dict[str, bytes] = {}
    for format_ in Format.values * times:
        start = time.process_time()
        files[format_] = make_file(Edition(cluster, Period.of_year(cluster, YEAR)), format_)
        spent = time.process_time() - start
        seconds[format_] = min(seconds.get(format_, spent), spent)
    return files[Format.WORD], seconds


def keeps_the_form(content: bytes) -> bool:
    faults = faults_of(content)
    for fault in faults:
        print(f"fault: {fault}")
    print(f"form  {len(rules())} rows of the table checked, {len(faults)} faults")
    found = {fault.element for fault in faults_of(_with_a_mistake(content))}
    print(f"control: a left margin of 25 mm is {'found' if 'Lề trái' in found else 'NOT FOUND'}")
    return not faults and "Lề trái" in found


def _with_a_mistake(content: bytes) -> bytes:
    file, stream = docx.Document(io.BytesIO(content)), io.BytesIO()
    file.sections[0].left_margin = Mm(25)
    file.save(stream)
    return stream.getvalue()


if __name__ == "__main__":
    sys.exit(main())
