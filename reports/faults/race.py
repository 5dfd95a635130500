"""What security.md 3 to 5 promise, as tries on one site: copies of a record at once, editors of a record at once."""

import html
import re
import threading
import time
import urllib.parse
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256

from reports.faults.client import Answer, Client
from reports.faults.site import PASSWORD, Site
from reports.faults.witness import OWN_UNITS, SLUG

COPIES, EDITORS = 4, 16
NEW = f"/clusters/{SLUG}/patrols/new/"
AUTHORS, EDITING = ("recorder-lethuy", "recorder-vinhlinh"), ("recorder-lethuy", "coordinator")
# Of a patrol without officers, far from any question; a coordinator says why.
REASON = "Sửa khi thử nhiều người cùng lúc"
_RESULT = re.compile(r'<textarea name="result"[^>]*>([^<]*)</textarea>')
MOST_TRIES = 200


@dataclass
class Outcome:
    """One line of the table; ``broken`` says which promises did not hold."""

    name: str
    wanted: int
    stored: int = 0
    duplicated: int = 0
    lost: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0
    broken: list[str] = field(default_factory=list)

    def demand(self, what: str, *, holds: bool) -> None:
        if not holds:
            self.broken.append(what)

    @property
    def errors(self) -> int:
        return sum(count for status, count in self.answers.items() if status >= 500)

    @property
    def row(self) -> str:
        said = " ".join(f"{status}×{count}" for status, count in sorted(self.answers.items()))
        numbers = f"{self.wanted:>7}{self.stored:>8}{self.duplicated:>11}{self.lost:>6}"
        return f"{self.name:<40}{numbers}{self.seconds:>9.1f}  {said}"


HEAD = f"{'':<40}{'wanted':>7}{'stored':>8}{'duplicated':>11}{'lost':>6}{'seconds':>9}  answers"


@dataclass(frozen=True)
class Seen:
    """The edit form as an editor read it."""

    version: str
    result: str


Save = Callable[[Client, str, Seen, dict[str, str]], list[Answer]]


def save_as_seen(editor: Client, path: str, seen: Seen, fields: dict[str, str]) -> list[Answer]:
    """As our form does: with the version that came with the text."""
    return [editor.post(path, {**fields, "version": seen.version})]


def save_regardless(editor: Client, path: str, seen: Seen, fields: dict[str, str]) -> list[Answer]:
    """The control: the version is taken anew until it is let in, so that it compares nothing and the last one wins."""
    answers: list[Answer] = []
    while len(answers) < MOST_TRIES and (not answers or answers[-1].status == 409):
        answers.append(editor.post(path, {**fields, "version": read_form(editor, path).version}))
    return answers


def read_form(editor: Client, path: str) -> Seen:
    page = editor.get(path)
    text = _RESULT.search(page.text)
    if not text:
        raise SystemExit(f"answer {page.status} is no form of a patrol:\n{page.text[:500]}")
    return Seen(page.version, html.unescape(text[1]).strip())


def queue_headers(body: str) -> dict[str, str]:
    """What a queue says of a text that it sends while nobody looks."""
    return {
        "Accept": "application/json",
        "X-Content-Hash": sha256(body.encode()).hexdigest(),
        "X-Sent-At": str(time.time_ns() // 1_000_000),
        "X-Unattended": "1",
    }


class Race:
    """One site and what a usual patrol of its sample is made of."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.choices = site.witness("choices")

    def signed_in(self, names: Sequence[str], count: int) -> list[Client]:
        clients = [Client(self.site.port) for _ in range(count)]
        with ThreadPoolExecutor(8) as pool:
            jobs = [pool.submit(one.sign_in, names[at % len(names)], PASSWORD) for at, one in enumerate(clients)]
        for job in jobs:
            job.result()
        return clients

    def fields(self, number: int, route: str) -> dict[str, str]:
        """A usual shift of two units, over by now."""
        first, second = (self.choices["units"][name] for name in OWN_UNITS)
        force = self.choices["force"]
        return {
            "date": self.choices["days"][number % len(self.choices["days"])],
            "start": f"{number % 20:02}:{number % 60:02}",
            "end": f"{number % 20 + 3:02}:{number % 60:02}",
            "route": route,
            "lead_unit": first,
            "kind": "joint",
            "status": "completed",
            **{"line-0-unit": first, "line-0-force": force, "line-0-headcount": str(number % 9 + 1)},
            **{"line-1-unit": second, "line-1-force": force, "line-1-headcount": "2"},
        }

    def copies(self, name: str, *, records: int, clients: int, route: str = "Tuyến thử") -> Outcome:
        """Every record ``COPIES`` times, its copies side by side, as fast as the clients can."""
        routes = [f"{route} {number:05}" for number in range(records)]
        forms = [{**self.fields(number, text), "client_id": str(uuid.uuid4())} for number, text in enumerate(routes)]
        jobs = [body for form in forms for body in [urllib.parse.urlencode(form)] * COPIES]
        outcome = Outcome(name, wanted=records)
        signed_in = self.signed_in(AUTHORS, clients)
        started = time.monotonic()
        outcome.answers.update(self._all_at_once(signed_in, jobs))
        outcome.seconds = time.monotonic() - started
        rows = [row for row in self.site.witness("patrols") if row["text"] in set(routes)]
        found = Counter(row["text"] for row in rows)
        outcome.stored, outcome.lost = len(found), records - len(found)
        outcome.duplicated = len(rows) - len(found)
        outcome.demand("every record is stored", holds=not outcome.lost)
        outcome.demand("no record is stored twice", holds=not outcome.duplicated)
        outcome.demand("no answer is 5xx", holds=not outcome.errors)
        outcome.demand("every answer says stored", holds=set(outcome.answers) <= {200, 201, 302})
        is_whole = all(row["lines"] == 2 and row["history"] == 1 for row in rows)
        outcome.demand("every record is whole, with its history", holds=is_whole)
        return outcome

    def _all_at_once(self, clients: Sequence[Client], bodies: Sequence[str]) -> Counter[int]:
        """Each client takes the next body as soon as it is free."""
        waiting, lock, statuses = iter(bodies), threading.Lock(), Counter[int]()

        def work(client: Client) -> None:
            while True:
                with lock:
                    body = next(waiting, None)
                if body is None:
                    return
                answer = client.submit(NEW, body, queue_headers(body))
                with lock:
                    statuses[answer.status] += 1

        with ThreadPoolExecutor(len(clients)) as pool:
            list(pool.map(work, clients))
        return statuses

    def clashes(self, name: str, *, ids: int) -> Outcome:
        """Texts that differ under one client id: one becomes the record, every other is kept in the tray."""
        outcome, clients = Outcome(name, wanted=ids * EDITORS), self.signed_in(AUTHORS, EDITORS)
        taken = [str(uuid.uuid4()) for _ in range(ids)]
        bodies = [
            urllib.parse.urlencode({**self.fields(number, f"Tuyến trùng mã, bản {one}"), "client_id": client_id})
            for number, client_id in enumerate(taken)
            for one in range(EDITORS)
        ]
        started = time.monotonic()
        outcome.answers.update(self._all_at_once(clients, bodies))
        outcome.seconds = time.monotonic() - started
        records = Counter(row["client_id"] for row in self.site.witness("patrols") if row["client_id"] in set(taken))
        waiting = {row["body"] for row in self.site.witness("submissions") if row["state"] == "in_tray"}
        outcome.stored = len(records) + len(waiting & set(bodies))
        outcome.lost = outcome.wanted - outcome.stored
        outcome.duplicated = sum(records.values()) - len(records)
        outcome.demand("one text of each id is the record", holds=set(records) == set(taken) and not outcome.duplicated)
        outcome.demand("every other text is in the tray", holds=not outcome.lost)
        told = {201: ids, 409: ids * (EDITORS - 1)}
        outcome.demand("one is told stored, the others in the tray", holds=dict(outcome.answers) == told)
        return outcome

    def edits(self, name: str, *, rounds: int, save: Save = save_as_seen) -> Outcome:
        """Each round all editors open the record, add a mark to what they read, and save at once."""
        editors = self.signed_in(EDITING, EDITORS)
        path, route = self._new_record(editors[0])
        outcome, acknowledged = Outcome(name, wanted=rounds), list[str]()
        started = time.monotonic()
        with ThreadPoolExecutor(EDITORS) as pool:
            for number in range(rounds):
                seen = list(pool.map(lambda editor: read_form(editor, path), editors))
                marks = [f"v{number}n{editor}" for editor in range(EDITORS)]
                fields = [
                    {**self.fields(0, route), "result": f"{one.result} {mark}".strip(), "reason": REASON}
                    for one, mark in zip(seen, marks, strict=True)
                ]
                done = list(pool.map(save, editors, [path] * EDITORS, seen, fields))
                outcome.answers.update(answer.status for answers in done for answer in answers)
                let_in = [mark for mark, answers in zip(marks, done, strict=True) if answers[-1].status == 302]
                outcome.demand(f"round {number} has one success, not {len(let_in)}", holds=len(let_in) == 1)
                acknowledged += let_in
                outcome.answers[editors[0].post(path, fields[0]).status] += 1  # without a version
        outcome.seconds = time.monotonic() - started
        self._weigh(outcome, acknowledged, route)
        return outcome

    def _weigh(self, outcome: Outcome, acknowledged: list[str], route: str) -> None:
        (row,) = [row for row in self.site.witness("patrols") if row["text"] == route]
        outcome.stored = len(acknowledged)
        outcome.duplicated = max(0, outcome.stored - outcome.wanted)
        outcome.lost = len(set(acknowledged) - set(row["result"].split()))
        outcome.demand("every acknowledged text is there", holds=not outcome.lost)
        outcome.demand("no answer is 5xx", holds=not outcome.errors)
        outcome.demand("the others are told: 409", holds=outcome.answers[409] == outcome.wanted * (EDITORS - 1))
        outcome.demand("an edit without a version is told: 428", holds=outcome.answers[428] == outcome.wanted)
        outcome.demand("every edit has its history", holds=row["history"] == 1 + outcome.stored)

    def _new_record(self, author: Client) -> tuple[str, str]:
        client_id = str(uuid.uuid4())
        route = f"Tuyến nhiều người sửa {client_id[:8]}"
        body = urllib.parse.urlencode({**self.fields(0, route), "client_id": client_id})
        answer = author.submit(NEW, body, queue_headers(body))
        if answer.status not in (200, 201, 302):
            raise SystemExit(f"no record to edit: {answer.status}\n{answer.text[:500]}")
        return f"/clusters/{SLUG}/patrols/{client_id}/edit/", route
