"""security.md 3 to 7 on a phone: `python -m reports.verify_offline [--scripts N] [--seed S] [--only NAME]`.

Random scripts in real Chromium, through a network that fails on purpose, to a real server: forms opened and saved with
and without a network, tabs and browser killed, the server restarted and upgraded, two accounts on one phone. At the end
of each the network is good and the button is pressed; what the pages had called saved must then be in the database,
once. A control goes first: a client that takes any 200 for a receipt must be caught. Ends with 1 unless all is zero.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from playwright.sync_api import sync_playwright

from reports.faults.offline import FORMS, HEAD, Entry, Result, Script
from reports.faults.phone import Phone
from reports.faults.proxy import Fault, FaultyProxy
from reports.faults.site import Site

SMALL, PROMISED, SEED = 10, 300, 2017
# In static/js/queue.js: where the answer is read, and what a careless client would do there.
READ = "  const said = asJson(answer.text);\n  if (said?.client_id"
CARELESS = (
    '  if (answer.status === 200) {\n    await remove(found.client_id);\n    return { outcome: "stored" };\n  }\n'
)


class Trial:
    """The site, the proxy in front of it, and a new phone for each script."""

    def __init__(self, folder: Path, site: Site, proxy: FaultyProxy) -> None:
        self.folder, self.site, self.proxy = folder, site, proxy
        self.choices = site.witness("choices")
        self.releases = [[], site.release("upgraded", change=_touch)]

    def run(self, name: str) -> Result:
        with sync_playwright() as playwright:
            phone = Phone(playwright, self.folder / f"phone-{name}", self.proxy.address)
            try:
                return self._script(name, phone).run()
            finally:
                phone.close()

    def run_control(self) -> Result:
        """The careless client behind a portal: it believes the portal's 200."""
        self.site.settings = self.site.release("careless", change=_make_careless)
        self.site.restart()
        with sync_playwright() as playwright:
            phone = Phone(playwright, self.folder / "phone-control", self.proxy.address)
            script = self._script("control", phone)
            script.first_visit()
            client_id = phone.open_form(FORMS["patrol"], username=script.username)
            entry = Entry(script.username, "patrol", "control", client_id)
            script.result.entries.append(entry)
            phone.fill(script.fields(entry))
            script.be(Fault.CAPTIVE, sending_only=True)
            phone.press_save()
            script.after_the_tap(entry, "wait")
            script.deliver()
            phone.close()
        self.site.settings = []
        self.site.restart()
        return self.weighed([script.result])[0]

    def _script(self, name: str, phone: Phone) -> Script:
        script = Script(name, phone=phone, proxy=self.proxy, site=self.site)
        script.choices, script.releases = self.choices, self.releases
        return script

    def weighed(self, results: list[Result]) -> list[Result]:
        stored = Counter(row["text"] for kind in ("patrols", "incidents") for row in self.site.witness(kind))
        in_tray = {row["client_id"] for row in self.site.witness("submissions") if row["state"] == "in_tray"}
        for result in results:
            result.weigh(stored, in_tray)
        return results


def _touch(static: Path) -> None:
    """Other names by content for the style and for a script that every form loads."""
    for name, more in (("css/base.css", ":root { --upgraded: 1; }"), ("js/queue.js", "export const upgraded = 1;")):
        with (static / name).open("a", encoding="utf-8") as file:
            file.write(f"\n{more}\n")


def _make_careless(static: Path) -> None:
    file = static / "js" / "queue.js"
    text = file.read_text(encoding="utf-8")
    if READ not in text:
        raise SystemExit(
            "static/js/queue.js reads answers in another place now: mend READ in reports/verify_offline.py"
        )
    first, rest = READ.split("\n", 1)
    file.write_text(text.replace(READ, f"{first}\n{CARELESS}{rest}"), encoding="utf-8")


def main(scripts: int, *, seed: int = SEED, only: str = "") -> list[str]:
    """Run them, print the table; returns what does not hold."""
    names = [only] if only else [f"{seed}-{number}" for number in range(scripts)]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lien-hoan-offline-") as folder:
        site = Site(Path(folder), workers=1, threads=8)
        with site, FaultyProxy(site.port, slow_seconds=0.6, hold_seconds=0.3) as proxy:
            site.prepare()
            site.start()
            trial = Trial(Path(folder), site, proxy)
            print(HEAD, flush=True)
            control = trial.run_control()
            print(f"{control.row}  (a client that believes any 200)", flush=True)
            results = trial.weighed([_told(trial.run(name)) for name in names])
            met = Counter(one.fault.value for one in proxy.handled if one.fault is not Fault.PASS)
    for result in results:
        print(result.row)
    print(f"faults met: {', '.join(f'{name} ×{count}' for name, count in met.most_common())}")
    total = {name: sum(getattr(one, name) for one in results) for name in ("lost", "duplicated", "undelivered")}
    print(f"{', '.join(f'{name} {count}' for name, count in total.items())} in {time.monotonic() - started:.0f} s")
    failures = [f"{one.name}: {what}" for one in results for what in one.wrong]
    failures += [f"{count} {name}" for name, count in total.items() if count]
    return failures + ([] if control.lost == 1 else ["the control lost nothing, so zeros prove nothing"])


def _told(result: Result) -> Result:
    """While it runs: what the script did, so that a bad one can be read."""
    print(f"{result.name} ({result.seconds:.0f} s): {'; '.join(result.steps)}", flush=True)
    return result


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scripts", type=int, default=SMALL, metavar="N", help=f"the promise is about {PROMISED}")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", default="", metavar="NAME", help="one script again, by its name in the table")
    asked = parser.parse_args()
    found = main(asked.scripts, seed=asked.seed, only=asked.only)
    sys.exit("\n".join(f"FAILED: {line}" for line in found) or 0)
