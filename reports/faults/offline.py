"""One random script of an officer's week with a bad network, and what it must leave behind."""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from reports.faults.phone import NoForm, Phone
from reports.faults.proxy import Fault, FaultyProxy
from reports.faults.site import Site
from reports.faults.witness import OWN_UNITS, SLUG

LIST = f"/clusters/{SLUG}/patrols/"
FORMS = {"patrol": f"/clusters/{SLUG}/patrols/new/", "incident": f"/clusters/{SLUG}/incidents/new/"}
OWNERS = {"recorder-lethuy": OWN_UNITS[0], "recorder-vinhlinh": OWN_UNITS[1]}
STEPS = 5
ROUNDS = 6


@dataclass
class Weather:
    """What the proxy does until it changes: one fault, to every request or to the sending of a form alone."""

    fault: Fault = Fault.PASS
    sending_only: bool = False

    def __call__(self, method: str, path: str) -> Fault:
        is_sending = method == "POST" and path in FORMS.values()
        return self.fault if is_sending or not self.sending_only else Fault.PASS


@dataclass
class Entry:
    """What was filled in once. ``said`` is what the page told its writer: "stored", "kept" or nothing in time."""

    username: str
    kind: str
    text: str
    client_id: str
    said: str = ""


@dataclass
class Result:
    """What one script left; the counts are filled in when the database is asked."""

    name: str
    entries: list[Entry] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    waiting: set[str] = field(default_factory=set)  # client ids that the last list still shows
    wrong: list[str] = field(default_factory=list)
    lost: int = 0
    duplicated: int = 0
    seconds: float = 0.0

    @property
    def undelivered(self) -> int:
        return len(self.waiting)

    def weigh(self, stored: Counter[str], in_tray: set[str]) -> None:
        """``stored``: how often the database holds each text; ``in_tray``: client ids that wait for a person."""
        there = {one.client_id for one in self.entries if stored[one.text]} | in_tray | self.waiting
        self.lost = sum(1 for one in self.entries if one.said and one.client_id not in there)
        self.duplicated = sum(max(0, stored[one.text] - 1) for one in self.entries)

    @property
    def row(self) -> str:
        told = Counter(one.said or "killed" for one in self.entries)
        said = " ".join(f"{name}×{count}" for name, count in sorted(told.items()))
        return f"{self.name:<12}{len(self.entries):>8}{self.lost:>6}{self.duplicated:>11}{self.undelivered:>12}  {said}"


HEAD = f"{'script':<12}{'entries':>8}{'lost':>6}{'duplicated':>11}{'undelivered':>12}  what the pages said"


class Script:
    """One phone through one proxy; ``random`` decides everything, so that the same name does the same again."""

    def __init__(self, name: str, *, phone: Phone, proxy: FaultyProxy, site: Site) -> None:
        self.random = random.Random(name)  # noqa: S311  chance that can be repeated
        self.phone, self.proxy, self.site = phone, proxy, site
        self.choices: dict[str, Any] = {}
        self.releases: list[list[str]] = [[]]
        self.result = Result(name)
        self.username = next(iter(OWNERS))

    def run(self) -> Result:
        started = time.monotonic()
        self.first_visit()
        for _ in range(STEPS):
            step = self.random.choices(list(self.steps), weights=list(self.steps.values()))[0]
            step()
        self.deliver()
        self.result.seconds = time.monotonic() - started
        return self.result

    @property
    def steps(self) -> dict[Callable[[], None], int]:
        return {
            self.log_patrol: 5,
            self.log_incident: 3,
            self.other_account: 1,
            self.session_ends: 1,
            self.send_in_bad_weather: 1,
            self.kill_browser: 1,
            self.upgrade: 1,
        }

    def note(self, text: str) -> None:
        self.result.steps.append(text)

    # Weather

    def be(self, fault: Fault, *, sending_only: bool = False) -> None:
        self.proxy.go_online()
        self.proxy.choose = Weather(fault, sending_only)

    def any_weather(self) -> str:
        """Offline, or a fault of everything or of the sending alone."""
        if self.random.random() < 0.25:
            self.proxy.go_offline()
            return "offline"
        fault, sending_only = self.random.choice(list(Fault)), self.random.random() < 0.6
        self.be(fault, sending_only=sending_only)
        return f"{fault.value}{' of the sending' if sending_only else ''}"

    # Steps

    def first_visit(self) -> None:
        self.be(Fault.PASS)
        self.phone.sign_in(self.username)
        self.phone.go(FORMS["patrol"])
        self.phone.wait_until_ready()

    def log_patrol(self) -> None:
        self.log("patrol")

    def log_incident(self) -> None:
        self.log("incident")

    def log(self, kind: str) -> None:
        self.be(Fault.PASS)
        is_offline = self.random.random() < 0.6
        if is_offline:
            self.proxy.go_offline()
        try:
            client_id = self.phone.open_form(FORMS[kind], username=self.username)
        except NoForm:
            self.result.wrong.append(f"no form of a {kind} {'offline' if is_offline else 'online'}")
            return
        entry = Entry(self.username, kind, f"{self.result.name} mục {len(self.result.entries)}", client_id)
        self.result.entries.append(entry)
        self.phone.fill(self.fields(entry))
        weather = self.any_weather()
        twice, end = self.random.random() < 0.25, self.random.choice(["wait"] * 4 + ["tab", "browser", "restart"])
        self.note(f"{kind} opened {'offline' if is_offline else 'online'}, saved {'twice ' * twice}in {weather}, {end}")
        self.phone.press_save(twice=twice)
        self.after_the_tap(entry, end)

    def after_the_tap(self, entry: Entry, end: str) -> None:
        if end in ("tab", "browser"):
            self.phone.page.wait_for_timeout(self.random.uniform(0, 600))
            self.phone.kill_tab() if end == "tab" else self.phone.kill_browser()
            return
        if end == "restart":
            self.site.restart()
        entry.said = self.phone.what_it_says()
        if entry.said == "asked":
            self.phone.tick_all_questions()
            self.phone.press_save()
            entry.said = self.phone.what_it_says()
        if entry.said == "asked":  # it waits in the list as refused
            entry.said = "kept"
        if not entry.said:
            self.result.wrong.append(f"{entry.text}: the page said nothing")

    def fields(self, entry: Entry) -> dict[str, str]:
        own, day = OWNERS[entry.username], self.random.choice(self.choices["days"])
        if entry.kind == "incident":
            return {
                "occurred_on": day,
                "commune": self.choices["communes"][own],
                "place": entry.text,
                "category": self.choices["category"],
                "unit": self.choices["units"][own],
                "outcome": "received",
            }
        hour, force = self.random.randint(0, 20), self.choices["force"]
        first, second = (self.choices["units"][name] for name in OWN_UNITS)
        return {
            "date": day,
            "start": f"{hour:02}:{self.random.randint(0, 59):02}",
            "end": f"{hour + 3:02}:{self.random.randint(0, 59):02}",
            "route": entry.text,
            "lead_unit": self.choices["units"][own],
            **{"line-0-unit": first, "line-0-force": force, "line-0-headcount": str(self.random.randint(1, 9))},
            **{"line-1-unit": second, "line-1-force": force, "line-1-headcount": "2"},
        }

    def other_account(self) -> None:
        """Somebody else signs in on the same phone, and finds nothing that is not theirs."""
        self.change_account(next(name for name in OWNERS if name != self.username))
        self.note(f"now {self.username}")
        shown = set(self.phone.unsent(LIST))
        foreign = {one.client_id for one in self.result.entries if one.username != self.username}
        if shown & foreign:
            self.result.wrong.append(f"{self.username} sees entries of somebody else")

    def change_account(self, username: str) -> None:
        self.be(Fault.PASS)
        self.phone.go(LIST)
        if not self.phone.look()["path"].startswith("/accounts/login"):
            self.phone.sign_out()
        self.username = username
        self.phone.sign_in(username)
        self.phone.go(FORMS["patrol"])
        self.phone.wait_until_ready()

    def session_ends(self) -> None:
        self.note("session ended")
        self.phone.end_session()

    def send_in_bad_weather(self) -> None:
        self.be(Fault.PASS)
        self.phone.go(LIST)
        self.note(f"send now in {self.any_weather()}")
        self.phone.send_now()
        self.phone.page.wait_for_timeout(self.random.uniform(100, 1500))

    def kill_browser(self) -> None:
        self.note("browser killed")
        self.phone.kill_browser()

    def upgrade(self) -> None:
        self.site.settings = self.random.choice([one for one in self.releases if one != self.site.settings])
        self.note("server upgraded")
        self.site.restart()

    # The end

    def deliver(self) -> None:
        """A good network, and each owner presses the button until nothing waits."""
        self.be(Fault.PASS)
        owners = sorted({one.username for one in self.result.entries} | {self.username}, key=self.username.__ne__)
        for username in owners:
            if username != self.username:
                self.change_account(username)
            waiting = self.drained()
            self.result.waiting |= set(waiting)
            if self.phone.badge() != len(waiting):
                self.result.wrong.append(f"the badge says {self.phone.badge()} where the list has {len(waiting)}")

    def drained(self) -> list[str]:
        waiting: list[str] = []
        for _ in range(ROUNDS):
            self.phone.go(LIST)
            if self.phone.look()["path"].startswith("/accounts/login"):
                self.phone.sign_in(self.username)
            waiting = self.phone.unsent(LIST)
            if not waiting:
                return []
            self.phone.send_now()
            self.phone.wait(lambda: self.phone.badge() == 0, seconds=8)
        return waiting
