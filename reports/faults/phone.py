"""A phone with our application on it: Chromium with a profile that outlives its tabs and its processes."""

import contextlib
import os
import shutil
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from reports.faults.site import PASSWORD

PATIENCE = 20.0
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]

# What a page shows, by the hooks that the scripts of the queue keep.
_LOOK = """() => {
  const form = document.querySelector("main form[data-record]");
  return {
    path: location.pathname,
    clientId: form?.elements.client_id?.value ?? "",
    isBusy: form?.getAttribute("aria-busy") === "true",
    isKept: Boolean(document.querySelector("main [data-list]")),
  };
}"""
_FILL = """(fields) => {
  const form = document.querySelector("main form[data-record]");
  const missing = [];
  for (const [name, value] of Object.entries(fields)) {
    const input = form.elements[name];
    if (!input) { missing.push(name); continue; }
    input.value = value;
    if (input.value !== value) missing.push(name);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  return missing;
}"""
_UNSENT = "() => Array.from(document.querySelectorAll('[data-unsent]'), (one) => one.dataset.unsent)"
_COUNT = "() => Number(document.querySelector('[data-unsent-count]')?.textContent ?? 0)"
_IS_READY = "() => document.documentElement.dataset.offline === 'ready'"
_SIGN_OUT = "() => document.querySelector('form[data-sign-out]').requestSubmit()"
_SURE = "() => document.querySelectorAll('main input[name=sure]').forEach((box) => { box.checked = true; })"


class NoForm(Exception):
    """The address gave a page without the form, such as a portal's."""


class Phone:
    """``folder`` is its storage; all addresses are below ``site``, the proxy's."""

    def __init__(self, playwright: Playwright, folder: Path, site: str, *, arguments: Sequence[str] = ()) -> None:
        self.playwright, self.folder, self.site, self.arguments = playwright, folder, site, arguments
        self._context: BrowserContext | None = None
        self._page: Page | None = None

    @property
    def page(self) -> Page:
        if self._page is None:
            self._page = self.context.new_page()
            self._page.set_default_timeout(PATIENCE * 1000)
        return self._page

    @property
    def context(self) -> BrowserContext:
        if self._context is None:
            self._context = self.playwright.chromium.launch_persistent_context(
                self.folder,
                executable_path=shutil.which("chromium"),
                args=[*ARGUMENTS, *self.arguments],
                viewport={"width": 360, "height": 740},
                base_url=self.site,
            )
        return self._context

    # What befalls it

    def kill_tab(self) -> None:
        page, self._page = self._page, None
        if page:
            # A new tab first: without any the browser would end.
            self.page.goto("about:blank")
            page.close(run_before_unload=False)

    def kill_browser(self) -> None:
        """As the system does when memory is short: no process gets a word in."""
        context, self._context, self._page = self._context, None, None
        for pid in self._processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if context:
            with contextlib.suppress(Error):
                context.close()

    def _processes(self) -> list[int]:
        """Those that bear our own folder on their command line."""
        mark, found = f"--user-data-dir={self.folder}".encode(), []
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if mark in path.read_bytes().split(b"\0"):
                    found.append(int(path.parent.name))
        return found

    def end_session(self) -> None:
        self.context.clear_cookies(name="sessionid")

    # What its owner does

    def go(self, path: str) -> None:
        """An address, or the network's failure to bring it: what the page then is, the caller looks at."""
        with contextlib.suppress(Error):
            self.page.goto(path, wait_until="load")

    def look(self) -> dict[str, Any]:
        """What the page shows; a page that is just changing is asked again."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                return dict(self.page.evaluate(_LOOK))
            except Error:
                if time.monotonic() > end:
                    raise
                self.page.wait_for_timeout(50)

    def wait(self, holds: Callable[[], bool], *, seconds: float = PATIENCE) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(Error):
                if holds():
                    return True
            self.page.wait_for_timeout(100)
        return False

    def sign_in(self, username: str) -> None:
        self.go("/accounts/login/")
        self.page.fill("#id_username", username)
        self.page.fill("#id_password", PASSWORD)
        self.page.press("#id_password", "Enter")
        if not self.wait(lambda: not self.look()["path"].startswith("/accounts/")):
            raise SystemExit(f"{username} could not sign in")

    def sign_out(self) -> None:
        self.page.evaluate(_SIGN_OUT)
        yes = self.page.locator("dialog[open] button[value=yes]")

        def is_out() -> bool:
            if yes.count():
                yes.click()
            return str(self.look()["path"]).startswith("/accounts/login")

        if not self.wait(is_out):
            raise SystemExit("could not sign out")

    def wait_until_ready(self) -> None:
        """Until the service worker has the page and the forms are stored."""
        if not self.wait(lambda: bool(self.page.evaluate(_IS_READY))):
            raise SystemExit("the application did not get ready for times without a network")

    def open_form(self, path: str, *, username: str) -> str:
        """The client id of the form at the address, signing in where the session has ended; or NoForm."""
        self.go(path)
        if not self.wait(lambda: bool(self.look()["clientId"]), seconds=4):
            if not self.look()["path"].startswith("/accounts/login"):
                raise NoForm
            self.sign_in(username)
            self.go(path)
            if not self.wait(lambda: bool(self.look()["clientId"])):
                raise NoForm
        return str(self.look()["clientId"])

    def fill(self, fields: dict[str, str]) -> None:
        if missing := self.page.evaluate(_FILL, fields):
            raise SystemExit(f"the form does not take {', '.join(missing)}")

    def press_save(self, *, twice: bool = False) -> None:
        """The tap alone: what comes of it is not waited for."""
        button = self.page.locator("main form[data-record] .form-actions button.button-primary")
        button.click(no_wait_after=True, click_count=2 if twice else 1)

    def tick_all_questions(self) -> None:
        self.page.evaluate(_SURE)

    def what_it_says(self) -> str:
        """After Save: "stored" (it left for the record), "kept", "asked" (the form is back), "" for nothing in time."""

        def said() -> str:
            now = self.look()
            if now["isKept"]:
                return "kept"
            if now["clientId"]:
                return "" if now["isBusy"] else "asked"
            return "stored" if not now["path"].endswith("/new/") else ""

        self.wait(lambda: bool(said()))
        return said()

    def unsent(self, path: str) -> list[str]:
        """The client ids in the list at the address."""
        self.go(path)
        self.page.wait_for_timeout(300)
        self.wait(lambda: bool(self.page.evaluate(_COUNT) == len(self.page.evaluate(_UNSENT))), seconds=3)
        return list(self.page.evaluate(_UNSENT))

    def badge(self) -> int:
        return int(self.page.evaluate(_COUNT))

    def send_now(self) -> None:
        button = self.page.locator("[data-send-now]")
        if button.count() and button.is_visible():
            with contextlib.suppress(Error):
                button.click(timeout=3000)

    def close(self) -> None:
        context, self._context, self._page = self._context, None, None
        if context:
            with contextlib.suppress(Error):
                context.close()
