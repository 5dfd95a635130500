import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cluster.models import Submission
from cluster.queue import settle
from cluster.tests.sending import send
from incidents.models import Incident
from incidents.tests.entries import incident_entry
from incidents.tests.factories import make_category
from patrols.models import JointPatrol
from patrols.tests.entries import line_entry, patrol_entry
from reports.tests.world import make_text

LOG = "/clusters/cum-thu/patrols/"


@pytest.fixture
def phone(client_of, recorder):
    return client_of(recorder)


@pytest.fixture
def entry(two_party_cluster):
    line = line_entry(0, unit=two_party_cluster.unit, force=two_party_cluster.force, headcount=3)
    return patrol_entry(line, lead=two_party_cluster.unit)


@pytest.fixture
def text(phone, entry):
    """A patrol is stored, and the phone then sends the same form with another route and headcount."""
    send(phone, f"{LOG}new/", entry)
    send(phone, f"{LOG}new/", entry | {"route": "Đường ven biển", "line-0-headcount": "5"})
    return Submission.objects.in_tray().get()


def soup(client, path):
    return BeautifulSoup(client.get(path).content, "html.parser")


def address(text):
    return f"/clusters/cum-thu/tray/{text.pk}/"


def told(page):
    """Label, sent and stored of each row in which they differ."""
    return [
        [" ".join(cell.get_text(" ", strip=True).split()) for cell in row.select("th, td")]
        for row in page.select("tbody tr")
    ]


def entered(client, path):
    """What the browser would send of the form that the page opens."""
    page = soup(client, path)
    for part in page.select("template"):
        part.decompose()
    form = page.select_one("main form[method=post]")
    found: dict[str, str] = {}
    for tag in form.select("input[name], textarea[name], select[name]"):
        if tag.name == "select":
            found.update((tag["name"], option["value"]) for option in tag.select("option[selected]"))
        elif tag.get("type") not in ("checkbox", "radio") or tag.has_attr("checked"):
            found[tag["name"]] = tag.get_text().strip() if tag.name == "textarea" else tag.get("value", "")
    return found


def test_tray_detail_lays_the_two_texts_side_by_side(phone, text, two_party_cluster):
    line = f"{two_party_cluster.unit} · {two_party_cluster.force}"
    assert told(soup(phone, address(text))) == [
        ["Địa điểm, tuyến tuần tra", "Đường ven biển", "Quốc lộ 1A"],
        [line, "5", "3"],
    ]


def test_tray_detail_offers_three_ways(phone, text):
    links = [link["href"] for link in soup(phone, address(text)).select("main .actions a")]
    assert links == [
        f"{LOG}new/?tray={text.pk}",
        f"{LOG}{text.client_id}/edit/?tray={text.pk}",
        f"{address(text)}put-away/",
    ]


def test_tray_detail_offers_no_edit_of_anothers_record(phone, entry, client_of, partner_recorder, two_party_cluster):
    send(phone, f"{LOG}new/", entry)
    theirs = client_of(partner_recorder)
    send(theirs, f"{LOG}new/", entry | {"lead_unit": two_party_cluster.partner_unit.pk})
    text = Submission.objects.in_tray().get()
    links = [link["href"] for link in soup(theirs, address(text)).select("main .actions a")]
    assert links == [f"{LOG}new/?tray={text.pk}", f"{address(text)}put-away/"]


def test_tray_detail_of_a_deleted_record_shows_what_was_sent(phone, text):
    JointPatrol.objects.update(deleted_at=timezone.now())
    page = soup(phone, address(text))
    assert (told(page), page.select_one("table")) == ([], None)
    assert "Đường ven biển" in page.select_one("dl").get_text()


def test_tray_detail_of_a_text_that_is_no_longer_valid_shows_its_inputs(phone, text, two_party_cluster):
    two_party_cluster.force.valid_to = timezone.localdate().replace(year=2000)
    two_party_cluster.force.save()
    page = soup(phone, address(text))
    assert page.select(".notice-warning li")
    assert "Đường ven biển" in page.select_one("dl").get_text()


def test_tray_detail_tells_nothing_of_a_record_elsewhere(client_of, outsider, recorder, two_party_cluster):
    stored = make_text(two_party_cluster, by=recorder)
    assert client_of(outsider).get(address(stored)).status_code == 404


def test_tray_detail_of_another_recorder_does_not_exist(client_of, partner_recorder, text):
    assert client_of(partner_recorder).get(address(text)).status_code == 404


# Saved as a new record


def another_one(text):
    """The answer to the question whether it is the patrol that is stored under its id."""
    return {"sure": f"twin-{text.client_id}"}


def test_text_saved_as_a_new_record_leaves_the_tray(phone, text, recorder):
    sent = entered(phone, f"{LOG}new/?tray={text.pk}")
    assert (sent["route"], sent["line-0-headcount"], sent["tray"]) == ("Đường ven biển", "5", str(text.pk))
    assert sent["client_id"] != str(text.client_id)
    assert phone.post(f"{LOG}new/", sent | another_one(text)).status_code == 302
    text.refresh_from_db()
    assert (text.state, text.settled_by, JointPatrol.objects.count()) == ("settled", recorder, 2)


def test_text_saved_through_the_queue_leaves_the_tray(phone, text):
    sent = entered(phone, f"{LOG}new/?tray={text.pk}")
    assert send(phone, f"{LOG}new/", sent | another_one(text)).status_code == 201
    assert not Submission.objects.in_tray().exists()


def test_text_that_is_refused_stays_in_the_tray(phone, text):
    sent = entered(phone, f"{LOG}new/?tray={text.pk}") | {"route": ""}
    response = phone.post(f"{LOG}new/", sent)
    assert f'name="tray" value="{text.pk}"' in response.content.decode()
    assert Submission.objects.in_tray().exists()


def test_text_of_another_is_neither_shown_nor_settled_by_its_number(client_of, partner_recorder, text):
    client = client_of(partner_recorder)
    sent = entered(client, f"{LOG}new/?tray={text.pk}")
    assert sent["route"] == ""
    client.post(f"{LOG}new/", sent | {"route": "Tuyến của họ", "start": "20:00"})
    assert Submission.objects.in_tray().exists()


# Put in place of what is stored


def test_text_that_replaces_the_stored_one_leaves_the_tray(phone, text):
    edit = f"{LOG}{text.client_id}/edit/"
    sent = entered(phone, f"{edit}?tray={text.pk}")
    assert (sent["route"], sent["version"]) == ("Đường ven biển", "1")
    assert phone.post(edit, sent).status_code == 302
    patrol = JointPatrol.objects.get()
    assert (patrol.route, patrol.version, patrol.contingents.get().headcount) == ("Đường ven biển", 2, 5)
    assert not Submission.objects.in_tray().exists()


def test_text_stays_in_the_tray_when_somebody_was_faster(phone, text):
    edit = f"{LOG}{text.client_id}/edit/"
    sent = entered(phone, f"{edit}?tray={text.pk}")
    JointPatrol.objects.update(version=7)
    assert phone.post(edit, sent).status_code == 409
    assert Submission.objects.in_tray().exists()


# Incidents


@pytest.fixture
def incident_text(phone, two_party_cluster):
    category = make_category(cluster=two_party_cluster.cluster)
    entry = incident_entry(unit=two_party_cluster.unit, category=category, persons_involved="2", from_crime_report="on")
    send(phone, "/clusters/cum-thu/incidents/new/", entry)
    other = {name: value for name, value in entry.items() if name != "from_crime_report"}
    send(phone, "/clusters/cum-thu/incidents/new/", other | {"place": "Bến đò", "outcome": "resolved"})
    return Submission.objects.in_tray().get()


def test_tray_detail_reads_an_incident(phone, incident_text):
    assert [row[1:] for row in told(soup(phone, address(incident_text)))] == [
        ["Bến đò", "–"],
        ["Không", "Có"],
        ["Đã giải quyết", "Mới tiếp nhận"],
    ]


@pytest.mark.parametrize("way", ["new", "edit"])
def test_text_of_an_incident_is_saved_either_way(phone, incident_text, way):
    home = "/clusters/cum-thu/incidents/"
    path = f"{home}new/" if way == "new" else f"{home}{incident_text.client_id}/edit/"
    sent = entered(phone, f"{path}?tray={incident_text.pk}")
    assert phone.post(path, sent).status_code == 302
    saved = Incident.objects.latest("pk")
    assert (saved.place, saved.outcome, saved.from_crime_report, saved.persons_involved) == (
        "Bến đò",
        "resolved",
        False,
        2,
    )
    assert (Incident.objects.count(), Submission.objects.in_tray().exists()) == (2 if way == "new" else 1, False)


def test_form_of_an_incident_ignores_the_text_of_a_patrol(phone, text):
    assert entered(phone, f"/clusters/cum-thu/incidents/new/?tray={text.pk}")["place"] == ""


@pytest.mark.parametrize("number", ["x", "-1", "9" * 30, ""])
def test_form_opens_empty_for_a_number_that_is_none(phone, text, number):
    assert entered(phone, f"{LOG}new/?tray={number}")["route"] == ""


def test_settled_text_opens_no_form_again(phone, text, recorder):
    settle(text, by=recorder, now=timezone.now())
    assert entered(phone, f"{LOG}new/?tray={text.pk}")["route"] == ""
    assert soup(phone, address(text)).select("main .actions a") == []


def test_tray_detail_refuses_other_methods(phone, text):
    assert phone.post(address(text)).status_code == 405


def test_unknown_text_does_not_exist(phone, two_party_cluster):
    assert phone.get("/clusters/cum-thu/tray/77777/").status_code == 404
