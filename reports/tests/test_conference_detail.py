import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cluster.tests.factories import make_term
from incidents.tests.factories import make_award
from reports.conference_services import PartEntry, edit_conference
from reports.models import Conference
from reports.tests.conference_factories import (
    make_conference,
    make_contribution,
    make_delegation,
    make_difficulty,
    make_recommendation,
    make_task,
)


@pytest.fixture
def conference(two_party_cluster):
    party, partner = two_party_cluster.parties
    return make_conference(
        cluster=two_party_cluster.cluster,
        chair="Chủ trì mẫu",
        handover_from=party,
        handover_to=partner,
        handover_note="Bàn giao sổ sách",
    )


def shown(client, conference):
    return BeautifulSoup(client.get(conference.get_absolute_url()).content, "html.parser").main.get_text(" ")


def test_conference_detail_shows_all_of_it(client_of, recorder, conference, two_party_cluster):
    make_delegation(conference=conference, body="BCH Công an hai huyện", headcount=7)
    make_contribution(conference=conference, subject="Kinh nghiệm tuần tra", text="Đi đêm")
    make_difficulty(conference=conference, text="Thiếu phương tiện", action="Đề nghị cấp")
    conference.awards.add(make_award(cluster=two_party_cluster.cluster, name="Tập thể mẫu"))
    page = shown(client_of(recorder), conference)
    said = (
        "Chủ trì mẫu",
        "BCH Công an hai huyện",
        "Kinh nghiệm tuần tra",
        "Đi đêm",
        "Thiếu phương tiện",
        "Đề nghị cấp",
    )
    assert [text for text in (*said, "Tập thể mẫu", "Bàn giao sổ sách") if text not in page] == []


def test_conference_detail_shows_what_came_of_it(client_of, recorder, conference):
    recommendation = make_recommendation(cluster=conference.cluster, conference=conference)
    task = make_task(cluster=conference.cluster, conference=conference)
    gone = make_task(cluster=conference.cluster, conference=conference, deleted_at=timezone.now())
    page = shown(client_of(recorder), conference)
    assert recommendation.content in page
    assert task.content in page
    assert gone.content not in page


def test_conference_detail_shows_no_award_that_was_deleted(client_of, recorder, conference):
    award = make_award(cluster=conference.cluster, name="Tập thể mẫu", deleted_at=timezone.now())
    conference.awards.add(award)
    assert "Tập thể mẫu" not in shown(client_of(recorder), conference)


def test_conference_detail_tells_which_parts_an_edit_touched(client_of, coordinator, two_party_cluster):
    conference = make_conference(cluster=two_party_cluster.cluster, recorded_by=coordinator)
    row = PartEntry("delegations", (("body", "Công an huyện"), ("headcount", 3), ("names", "")))
    values = {"delegations": (row,), "contributions": (), "difficulties": ()}
    edit_conference(conference, values, version=1, by=coordinator, now=dt.datetime(2018, 2, 1, tzinfo=dt.UTC))
    changes = client_of(coordinator).get(conference.get_absolute_url()).context["changes"]
    assert [change.fields for change in changes] == [("Đại biểu",), ()]
    assert Conference.objects.get().delegations.get().headcount == 3


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 200), ("leader", 200), ("observer", 403), ("outsider", 404)]
)
def test_conference_detail_is_open_to_those_who_read_records(request, client_of, conference, reader, status):
    assert client_of(request.getfixturevalue(reader)).get(conference.get_absolute_url()).status_code == status


def ways(client, conference):
    """The address of the form or of the term that the facts of the handover lead to."""
    page = BeautifulSoup(client.get(conference.get_absolute_url()).content, "html.parser")
    return [link["href"] for link in page.select("main dl.facts a") if "/standing/" in link["href"]]


def test_conference_detail_offers_the_term_that_begins_with_the_handover(
    client_of, coordinator, recorder, conference, two_party_cluster
):
    client = client_of(coordinator)
    (address,) = ways(client, conference)
    form = client.get(address).context["form"]
    names = ("party", "handed_over_by", "handed_over_on", "handover_note")
    parties = [str(party.pk) for party in reversed(two_party_cluster.parties)]
    assert [form[name].value() for name in names] == [*parties, conference.held_on.isoformat(), "Bàn giao sổ sách"]
    assert ways(client_of(recorder), conference) == []


def test_conference_detail_leads_to_the_term_that_was_handed_over(client_of, recorder, conference, two_party_cluster):
    next_day = conference.held_on + dt.timedelta(days=1)
    dates = {"date_from": next_day, "date_to": None, "handed_over_on": conference.held_on}
    term = make_term(cluster=two_party_cluster.cluster, party=two_party_cluster.partner_party, **dates)
    assert ways(client_of(recorder), conference) == [term.get_absolute_url()]
