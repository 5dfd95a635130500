"""Without signal, in Chromium: what is written is sent once, by whom it was written, and nobody else reads it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cluster.models import Submission
from cluster.tests.browser import PHONE, session_of
from cluster.tests.factories import TwoPartyCluster
from incidents.models import Incident
from incidents.tests.factories import make_category
from patrols.models import JointPatrol
from reports.tests.gate import Gate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOG = "/clusters/cum-thu/patrols/"
NEW = f"{LOG}new/"
NEW_INCIDENT = "/clusters/cum-thu/incidents/new/"
ROUTE = "Đường mòn Trường Sơn"
PASSPHRASE = "một cụm mật khẩu dài"
# The text of every store, and the letters of every buffer in it.
RAW = """async () => {
  const database = await new Promise((resolve) => {
    const request = indexedDB.open("lien-hoan");
    request.onsuccess = () => resolve(request.result);
  });
  const texts = [];
  for (const name of database.objectStoreNames) {
    const request = database.transaction(name).objectStore(name).getAll();
    const rows = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const readable = (key, value) => value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value;
    texts.push(name, ...rows.map((row) => JSON.stringify(row, readable)));
  }
  return texts.join("\\n");
}"""


@dataclass
class Device:
    """A phone behind a gate: the signal goes when the gate is shut."""

    context: BrowserContext
    page: Page
    gate: Gate
    world: TwoPartyCluster

    def signs_in(self, user: Any) -> None:
        self.context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": self.gate.address}])

    def visits(self, path: str = NEW) -> None:
        """A first visit, until the forms and the shell are kept."""
        self.page.goto(path)
        expect(self.page.locator("html[data-offline=ready]")).to_be_attached(timeout=15_000)

    def fills_patrol(self, *, people: str = "3") -> None:
        for name, text in (("start", "1:00"), ("end", "2:30"), ("route", ROUTE), ("line-0-headcount", people)):
            self.page.fill(f"[name={name}]", text)
        self.page.fill("[name=date]", "2026-01-05")
        self.page.select_option("[name=line-0-force]", str(self.world.force.pk))

    def saves(self) -> None:
        self.page.locator(".form-actions button").click()

    def writes_without_signal(self, **fields: str) -> None:
        self.visits()
        self.gate.shut()
        self.page.goto(NEW)
        self.fills_patrol(**fields)
        self.saves()
        expect(self.page.locator("[data-unsent]")).to_have_count(1)

    def waits_until_stored(self) -> None:
        """The badge is hidden before the queue has been read as well: ask the database."""
        for _ in range(75):
            if JointPatrol.objects.exists():
                break
            self.page.wait_for_timeout(200)
        expect(self.page.locator("[data-unsent-badge]")).to_be_hidden(timeout=15_000)

    @property
    def unsent(self) -> Any:
        return self.page.locator("[data-unsent]")


@pytest.fixture
def device(chromium: Browser, site: str, two_party_cluster: TwoPartyCluster) -> Iterator[Device]:
    errors: list[str] = []
    with Gate(int(site.rsplit(":", 1)[1])) as gate:
        context = chromium.new_context(base_url=gate.address, viewport=PHONE)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield Device(context, page, gate, two_party_cluster)
        context.close()
    assert errors == []


def test_patrol_without_signal_is_sent_once(device, recorder):
    device.signs_in(recorder)
    device.writes_without_signal()
    assert device.page.locator("[data-unsent-count]").inner_text() == "1"
    device.gate.lift()
    device.page.goto(LOG)
    device.waits_until_stored()
    expect(device.unsent).to_have_count(0)
    assert [patrol.route for patrol in JointPatrol.objects.all()] == [ROUTE]
    assert [receipt.state for receipt in Submission.objects.all()] == ["stored"]


def test_portal_does_not_stand_in_for_the_form(device, recorder):
    device.signs_in(recorder)
    device.visits()
    device.gate.become_portal("<html><body>Chào mừng đến với Wi-Fi</body></html>")
    device.page.goto(NEW)
    device.fills_patrol()
    device.saves()
    expect(device.unsent).to_have_count(1)
    device.gate.lift()
    device.page.goto(LOG)
    device.waits_until_stored()
    assert [patrol.route for patrol in JointPatrol.objects.all()] == [ROUTE]


def test_incident_without_signal_is_sent_when_the_signal_returns(device, recorder):
    category = make_category(cluster=device.world.cluster, name="Trộm cắp tài sản")
    device.signs_in(recorder)
    device.visits()
    device.gate.shut()
    device.page.goto(NEW_INCIDENT)
    device.page.select_option("[name=category]", str(category.pk))
    device.page.fill("[name=summary]", "Mất một xe đạp.\nĐã tìm thấy.")
    device.saves()
    expect(device.unsent).to_contain_text("Trộm cắp tài sản")
    device.gate.lift()
    device.page.evaluate("dispatchEvent(new Event('online'))")
    expect(device.unsent).to_have_count(0, timeout=15_000)
    assert [incident.summary for incident in Incident.objects.all()] == ["Mất một xe đạp.\nĐã tìm thấy."]


def test_device_holds_no_text_in_the_clear(device, recorder):
    device.signs_in(recorder)
    device.writes_without_signal()
    raw = device.page.evaluate(RAW)
    assert all(store in raw for store in ("entries", "keys", "meta", "pages"))
    assert '"kind":"patrol"' in raw
    assert [word for word in (ROUTE, "Tr%C6%B0%E1%BB%9Dng", "line-0-", device.world.unit.name) if word in raw] == []


def test_key_leaves_the_device_in_no_form(device, recorder):
    device.signs_in(recorder)
    device.writes_without_signal()
    assert (
        device.page.evaluate(
            """async () => {
          const database = await new Promise((resolve) => {
            const request = indexedDB.open("lien-hoan");
            request.onsuccess = () => resolve(request.result);
          });
          const request = database.transaction("keys").objectStore("keys").getAll();
          const [key] = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
          return crypto.subtle.exportKey("raw", key).then(() => "out", (error) => error.name);
        }"""
        )
        == "InvalidAccessError"
    )


def test_refused_entry_is_opened_and_corrected(device, recorder):
    device.signs_in(recorder)
    device.writes_without_signal(people="0")
    device.gate.lift()
    device.page.goto(LOG)
    expect(device.page.locator("[data-unsent][data-state=refused]")).to_have_count(1, timeout=15_000)
    device.unsent.locator("[data-open]").click()
    assert device.page.input_value("[name=route]") == ROUTE
    assert device.page.input_value("[name=line-0-headcount]") == "0"
    device.page.fill("[name=line-0-headcount]", "4")
    device.saves()
    device.page.wait_for_url("**/patrols/*-*/")
    assert [line.headcount for patrol in JointPatrol.objects.all() for line in patrol.contingents.all()] == [4]
    assert device.page.locator("[data-unsent-count]").text_content() == "0"


def test_entry_is_corrected_before_it_was_ever_tried(device, recorder):
    device.signs_in(recorder)
    device.writes_without_signal()
    device.unsent.locator("[data-open]").click()
    device.page.fill("[name=route]", "Tuyến khác")
    device.saves()
    expect(device.unsent).to_contain_text("Tuyến khác")
    device.gate.lift()
    device.page.locator("[data-send-now]").click()
    expect(device.unsent).to_have_count(0)
    assert [patrol.route for patrol in JointPatrol.objects.all()] == ["Tuyến khác"]


def test_other_account_on_the_device_neither_reads_nor_sends(device, recorder, partner_recorder):
    device.signs_in(recorder)
    device.writes_without_signal()
    device.signs_in(partner_recorder)
    device.gate.lift()
    device.page.goto(LOG)
    expect(device.page.locator("[data-others-number]")).to_have_text("1")
    assert device.unsent.count() == 0
    assert ROUTE not in device.page.content()
    device.page.evaluate("dispatchEvent(new Event('online'))")
    device.page.wait_for_timeout(1000)
    assert JointPatrol.objects.count() == 0
    device.signs_in(recorder)
    device.page.goto(LOG)
    device.waits_until_stored()
    assert [patrol.recorded_by for patrol in JointPatrol.objects.all()] == [recorder]


def test_sign_out_keeps_what_is_not_sent(device, recorder):
    device.signs_in(recorder)
    device.writes_without_signal(people="0")
    device.gate.lift()
    device.page.goto(LOG)
    expect(device.page.locator("[data-unsent][data-state=refused]")).to_have_count(1, timeout=15_000)
    device.page.locator(".menu-button").click()
    device.page.locator("[data-sign-out] button").click()
    expect(device.page.locator("dialog [data-number]")).to_have_text("1")
    device.page.locator("dialog button[value=yes]").click()
    device.page.wait_for_url("**/accounts/login/**")
    assert device.page.evaluate("localStorage.getItem('lien-hoan-user')") is None
    device.page.goto("/offline/")
    expect(device.page.locator("[data-others-number]")).to_have_text("1")
    assert ROUTE not in device.page.content()
    device.signs_in(recorder)
    device.page.goto(LOG)
    expect(device.unsent).to_contain_text(ROUTE)


def test_sign_out_with_nothing_to_send_forgets_key_and_pages(device, recorder):
    device.signs_in(recorder)
    device.visits()
    device.page.locator(".menu-button").click()
    device.page.locator("[data-sign-out] button").click()
    device.page.wait_for_url("**/accounts/login/**")
    assert device.page.evaluate(RAW).splitlines()[:3] == ["entries", "keys", "meta"]


BLOCKED = "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } })"


@pytest.mark.parametrize("kind", ["blocked", "full"])
def test_device_that_cannot_keep_says_so_and_sends_plainly(device, recorder, kind):
    device.signs_in(recorder)
    if kind == "blocked":
        device.page.add_init_script(BLOCKED)
    else:
        quota = {"origin": device.gate.address, "quotaSize": 1}
        device.context.new_cdp_session(device.page).send("Storage.overrideQuotaForOrigin", quota)
    device.page.goto(NEW)
    expect(device.page.locator(f"[data-part=no-storage] [data-if={kind}]")).to_be_visible()
    device.fills_patrol()
    device.gate.shut()
    device.saves()
    expect(device.page.locator("[data-part=kept-nowhere]")).to_be_visible()
    assert device.page.input_value("[name=route]") == ROUTE
    device.gate.lift()
    device.saves()
    device.page.wait_for_url("**/patrols/*-*/")
    assert JointPatrol.objects.get().route == ROUTE


def test_upgrade_keeps_the_queue(device, recorder, monkeypatch):
    from cluster.views import offline

    device.signs_in(recorder)
    device.writes_without_signal(people="0")
    before = offline.service_worker_script
    monkeypatch.setattr(offline, "service_worker_script", lambda: before().replace('"version": "', '"version": "next-'))
    device.gate.lift()
    device.page.goto(LOG)
    device.page.evaluate(
        """async () => {
          const changed = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
          await (await navigator.serviceWorker.ready).update();
          await changed;
        }"""
    )
    device.page.reload()
    expect(device.unsent).to_contain_text(ROUTE)
    device.gate.shut()
    device.page.goto(NEW)
    expect(device.page.locator("[name=route]")).to_be_visible()


def test_second_tap_sends_nothing_twice(device, recorder):
    posts = []
    device.page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    device.signs_in(recorder)
    device.page.goto(NEW)
    device.fills_patrol()
    device.page.locator(".form-actions button").dblclick()
    device.page.wait_for_url("**/patrols/*-*/")
    assert (len(posts), JointPatrol.objects.count()) == (1, 1)


def test_forms_work_without_javascript(chromium, device, recorder):
    context = chromium.new_context(base_url=device.gate.address, java_script_enabled=False)
    plain = Device(context, context.new_page(), device.gate, device.world)
    plain.signs_in(recorder)
    plain.page.goto(NEW)
    plain.fills_patrol()
    plain.saves()
    plain.page.wait_for_url("**/patrols/*-*/")
    context.close()
    assert JointPatrol.objects.get().route == ROUTE


def test_rescue_file_brings_entries_back_once(device, recorder, tmp_path):
    device.signs_in(recorder)
    device.writes_without_signal()
    device.page.locator("[data-rescue=save]").click()
    for field in device.page.locator("dialog input").all():
        field.fill(PASSPHRASE)
    with device.page.expect_download() as download:
        device.page.locator("dialog button[value=yes]").click()
    file = tmp_path / "rescue.json"
    download.value.save_as(file)
    assert ROUTE not in file.read_text()
    device.unsent.locator("[data-discard]").click()
    device.page.locator("dialog button[value=yes]").click()
    expect(device.unsent).to_have_count(0)
    for _time in range(2):
        device.page.locator("[data-rescue=open]").click()
        device.page.set_input_files("dialog input[type=file]", file)
        device.page.fill("dialog input[type=password]", PASSPHRASE)
        device.page.locator("dialog button[value=yes]").click()
        expect(device.unsent).to_have_count(1)
    expect(device.unsent).to_contain_text(ROUTE)
