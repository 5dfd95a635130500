"""Asking the child process that opens a stranger's workbook (reader.py, security.md 22)."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

MAX_BYTES = 10 * 2**20


class UnreadableWorkbook(Exception):
    """Why the file as a whole cannot be taken, in the reader's language."""


def answers_of(content: bytes, *, max_rows: int, max_total: int, wanted: Iterable[str]) -> Iterator[Any]:
    """What the child says, line by line, of the sheets of these folded names, or of all with ``ALL_SHEETS``.

    Raises ``UnreadableWorkbook``.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableWorkbook(_("The file is larger than %(limit)d MB.") % {"limit": MAX_BYTES // 2**20})
    yield from _answers(content, max_rows=max_rows, max_total=max_total, wanted=wanted)


def _answers(content: bytes, *, max_rows: int, max_total: int, wanted: Iterable[str]) -> Iterator[Any]:
    """What the child says, line by line. It gets no secret of ours: its environment is empty."""
    command = [sys.executable, "-m", "cluster.workbook.reader", str(max_rows), str(max_total), *wanted]
    with subprocess.Popen(  # noqa: S603  our own module; the sheet names are ours too
        command,
        cwd=settings.BASE_DIR,
        env={"PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        try:
            yield from _conversation(child, content)
        finally:
            child.kill()


def _conversation(child: "subprocess.Popen[bytes]", content: bytes) -> Iterator[Any]:
    """The child reads all of its input before it answers, so the two pipes cannot block each other."""
    if child.stdin is None or child.stdout is None:
        raise TypeError("the child needs pipes")
    with suppress(BrokenPipeError):  # it died at once, and says no "end"
        child.stdin.write(content)
        child.stdin.close()
    for line in child.stdout:
        answer = json.loads(line)
        if isinstance(answer, dict) and "refused" in answer:
            raise UnreadableWorkbook(_refusal(answer))
        if isinstance(answer, dict) and "end" in answer:
            return
        yield answer
    # A signal ended it: it took more time or memory than it may.
    raise UnreadableWorkbook(_refusal({"refused": "too big" if child.wait() < 0 else "malformed"}))


def _refusal(answer: dict[str, Any]) -> str:
    match answer["refused"]:
        case "protected":
            return _("The file has a password or is in the old .xls form: save it as .xlsx without a password.")
        case "no workbook":
            return _("The file is no Excel workbook (.xlsx).")
        case "too many rows":
            return _("The sheet %(sheet)s has something in row %(row)d; at most %(limit)d rows are read.") % answer
        case "too many rows in all":
            return (
                _(
                    "The workbook has more than %(limit)d rows, which is too much for a browser: "
                    "ask for it to be imported with the command import_workbook."
                )
                % answer
            )
        case "too big":
            return _("The content of the file is too large to be read safely.")
    return _("The file is damaged: open it in Excel, save it as .xlsx and try again.")
