import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from incidents.tests.entries import field_text
from incidents.tests.factories import make_award
from reports.models import Conference, Review
from reports.tests.conference_entries import conference_entry, row_entry
from reports.tests.conference_factories import make_conference

ADDRESS = "/clusters/cum-thu/conferences/new/"


def test_conference_new_stores_a_conference(client_of, coordinator, two_party_cluster):
    party, partner = two_party_cluster.parties
    entry = conference_entry(handover_from=party.pk, handover_to=partner.pk, handover_note="Bàn giao")
    response = client_of(coordinator).post(ADDRESS, entry)
    conference = Conference.objects.get()
    assert response["Location"] == conference.get_absolute_url()
    assert (conference.cluster, conference.recorded_by) == (two_party_cluster.cluster, coordinator)
    assert (conference.held_on, conference.starts_at) == (dt.date(2018, 1, 12), dt.time(8))
    assert (conference.handover_from, conference.handover_to) == (party, partner)


def sent_by_a_browser(response, **typed):
    """All inputs of the page's form as they stand, with what is typed into some of them."""
    form = BeautifulSoup(response.content, "html.parser").select_one("main form.form")
    texts = {tag["name"]: tag.get("value", "") for tag in form.select("input[name]:not([type=checkbox])")}
    texts |= {tag["name"]: tag.get_text().strip() for tag in form.select("textarea[name]")}
    chosen = {tag["name"]: tag.select("option[selected]") or tag.select("option") for tag in form.select("select")}
    return texts | {name: options[0]["value"] for name, options in chosen.items()} | typed


def test_conference_new_stores_what_a_browser_sends(client_of, coordinator):
    client = client_of(coordinator)
    typed = {"name": "Tổng kết", "held_on": "2018-01-12", "place": "Hội trường", "difficulties-1-text": "Thiếu xe"}
    assert client.post(ADDRESS, sent_by_a_browser(client.get(ADDRESS), **typed)).status_code == 302
    conference = Conference.objects.get()
    assert [(row.text, row.state) for row in conference.difficulties.all()] == [("Thiếu xe", "open")]
    edit = f"{conference.get_absolute_url()}edit/"
    gone = {"difficulties-0-text": "", "difficulties-0-state": "removed"}
    assert client.post(edit, sent_by_a_browser(client.get(edit), **gone)).status_code == 302
    assert not conference.difficulties.exists()


def test_conference_new_stores_its_rows_in_order(client_of, coordinator):
    rows = row_entry("delegations", 0, body="UBND hai huyện", headcount=4)
    rows |= row_entry("delegations", 1, body="BCH Công an hai huyện", headcount=6, names="Trưởng Công an huyện")
    rows |= row_entry("contributions", 1, body="Công an xã", subject="Kinh nghiệm", text="Phối hợp sớm")
    rows |= row_entry("difficulties", 0, text="Thiếu xe", action="", state="acted_on")
    client_of(coordinator).post(ADDRESS, conference_entry(**rows))
    conference = Conference.objects.get()
    assert [(row.position, row.body, row.headcount) for row in conference.delegations.all()] == [
        (1, "UBND hai huyện", 4),
        (2, "BCH Công an hai huyện", 6),
    ]
    assert conference.contributions.get().subject == "Kinh nghiệm"
    assert conference.difficulties.get().state == "acted_on"


def test_conference_new_hands_awards_over_once(client_of, coordinator, two_party_cluster):
    award, given = (make_award(cluster=two_party_cluster.cluster) for _ in range(2))
    make_conference(cluster=two_party_cluster.cluster, name="Trước").awards.add(given)
    client = client_of(coordinator)
    assert list(client.post(ADDRESS, conference_entry(awards=[given.pk])).context["form"].errors) == ["awards"]
    client.post(ADDRESS, conference_entry(awards=[award.pk]))
    assert list(Conference.objects.exclude(name="Trước").get().awards.all()) == [award]


def test_conference_new_adds_rows_and_keeps_the_text(client_of, coordinator):
    rows = row_entry("delegations", 0, body="UBND hai huyện", headcount="bốn")
    response = client_of(coordinator).post(ADDRESS, conference_entry(**rows, more="1"))
    assert (response.status_code, field_text(response, "place")) == (200, "Hội trường Ủy ban nhân dân huyện")
    assert field_text(response, "delegations-0-headcount") == "bốn"
    assert field_text(response, "delegations-TOTAL_FORMS") == "4"
    assert not response.context["form"].errors
    assert not Conference.objects.exists()


def test_conference_new_opens_with_the_review_it_concludes(client_of, coordinator, two_party_cluster):
    year = {"date_from": dt.date(2017, 1, 1), "date_to": dt.date(2017, 12, 31)}
    before = {"compare_from": dt.date(2016, 1, 1), "compare_to": dt.date(2016, 12, 31)}
    review = Review.objects.create(cluster=two_party_cluster.cluster, **year, **before)
    form = client_of(coordinator).get(ADDRESS, {"review": review.pk}).context["form"]
    assert [form[name].value() for name in ("review", "kind", "name")] == [
        review.pk,
        "annual",
        "Hội nghị tổng kết công tác năm 2017, triển khai nhiệm vụ năm 2018",
    ]
    assert client_of(coordinator).get(ADDRESS, {"review": "x"}).status_code == 200


def test_conference_of_a_quarter_looks_over_it(client_of, coordinator, two_party_cluster):
    quarter = {"date_from": dt.date(2017, 1, 1), "date_to": dt.date(2017, 3, 31)}
    before = {"compare_from": dt.date(2016, 1, 1), "compare_to": dt.date(2016, 3, 31)}
    review = Review.objects.create(cluster=two_party_cluster.cluster, **quarter, **before)
    form = client_of(coordinator).get(ADDRESS, {"review": review.pk}).context["form"]
    assert [form[name].value() for name in ("kind", "name")] == [
        "interim",
        "Hội nghị sơ kết công tác quý I năm 2017",
    ]


def test_conference_new_stores_a_double_submit_once(client_of, coordinator):
    client = client_of(coordinator)
    entry = conference_entry(**row_entry("delegations", 0, body="UBND", headcount=4))
    assert [client.post(ADDRESS, entry).status_code for _ in range(2)] == [302, 302]
    assert Conference.objects.get().delegations.count() == 1


def test_conference_new_keeps_other_rows_of_a_known_form(client_of, coordinator):
    client, entry = client_of(coordinator), conference_entry()
    client.post(ADDRESS, entry)
    response = client.post(ADDRESS, entry | row_entry("delegations", 0, body="UBND", headcount=4))
    assert (response.status_code, field_text(response, "delegations-0-body")) == (409, "UBND")
    assert not Conference.objects.get().delegations.exists()


def test_conference_new_says_that_the_record_was_deleted(client_of, coordinator):
    client, entry = client_of(coordinator), conference_entry()
    client.post(ADDRESS, entry)
    Conference.objects.update(deleted_at=timezone.now())
    assert client.post(ADDRESS, entry).status_code == 410


@pytest.mark.parametrize(
    ("changes", "faulty"),
    [
        ({"name": ""}, ["name"]),
        ({"place": ""}, ["place"]),
        ({"held_on": "2999-01-01"}, ["held_on"]),
        ({"ends_at": "07:00"}, ["ends_at"]),
        ({"chair": "Ông A, 0912345678"}, ["chair"]),
        ({"delegations-0-body": "UBND"}, ["__all__"]),
        ({"delegations-0-body": "UBND", "delegations-0-headcount": "0"}, ["__all__"]),
        ({"contributions-1-body": "Công an xã"}, ["__all__"]),
        ({"difficulties-0-text": "Biển số 73A-123.45"}, ["__all__"]),
        ({"delegations-TOTAL_FORMS": "x"}, ["__all__"]),
    ],
)
def test_conference_new_refuses_and_writes_nothing(client_of, coordinator, changes, faulty):
    response = client_of(coordinator).post(ADDRESS, conference_entry(**changes))
    assert (response.status_code, list(response.context["form"].errors)) == (422, faulty)
    assert not Conference.objects.exists()


def test_conference_new_passes_the_role_between_two_parties(client_of, coordinator, two_party_cluster, outsider):
    client, party = client_of(coordinator), two_party_cluster.party
    foreign = outsider.postings.get().unit.memberships.get().party
    for other in ("", party.pk, foreign.pk):
        entry = conference_entry(handover_from=party.pk, handover_to=other)
        assert client.post(ADDRESS, entry).status_code == 422
    assert not Conference.objects.exists()


def test_conference_new_needs_a_session(client, two_party_cluster):
    assert client.post(ADDRESS, conference_entry())["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 403), ("leader", 403), ("observer", 403), ("outsider", 404)]
)
def test_conference_new_is_the_coordinators(request, client_of, two_party_cluster, reader, status):
    assert client_of(request.getfixturevalue(reader)).post(ADDRESS, conference_entry()).status_code == status
    assert not Conference.objects.exists()


def test_conference_new_refuses_other_methods(client_of, coordinator):
    assert client_of(coordinator).put(ADDRESS).status_code == 405
