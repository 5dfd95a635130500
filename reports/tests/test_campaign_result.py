import datetime as dt
import io

import pytest
from docx import Document
from pypdf import PdfReader

from incidents.tests.factories import make_category, make_incident
from patrols.tests.factories import make_campaign, make_contingent, make_patrol
from reports.campaigns import CampaignResult


def night(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T14:00+00:00")


@pytest.fixture
def campaign(two_party_cluster):
    dates = {"date_from": dt.date(2017, 1, 1), "date_to": dt.date(2017, 2, 15)}
    return make_campaign(cluster=two_party_cluster.cluster, name="Cao điểm Tết 2017", **dates)


@pytest.fixture
def patrol(campaign, two_party_cluster):
    """Of both parties, five people in all, with an incident found on it."""
    return patrol_of(two_party_cluster, campaign, "2017-01-10")


def patrol_of(place, campaign, day):
    patrol = make_patrol(cluster=place.cluster, campaign=campaign, starts_at=night(day), lead_unit=place.unit, units=[])
    for unit, headcount in zip(place.units, (3, 2), strict=True):
        make_contingent(patrol=patrol, unit=unit, force=place.force, headcount=headcount)
    return patrol


@pytest.fixture
def address(campaign):
    return f"/clusters/cum-thu/campaigns/{campaign.pk}/"


def tiles(response):
    return [number.value for _label, number in response.context["tiles"]]


def test_campaign_result_counts_its_own_patrols_within_its_days(
    client_of, leader, two_party_cluster, campaign, patrol, address
):
    make_incident(cluster=two_party_cluster.cluster, occurred_on=dt.date(2017, 1, 10), patrol=patrol)
    patrol_of(two_party_cluster, None, "2017-01-11")
    patrol_of(two_party_cluster, campaign, "2017-03-01")
    response = client_of(leader).get(address)
    assert tiles(response) == [1, 5, 1]
    assert response.context["result"].outside == 1


def test_campaign_result_leads_each_number_to_its_rows(client_of, leader, patrol, address):
    client = client_of(leader)
    patrols, people, _found = (number for _label, number in client.get(address).context["tiles"])
    assert client.get(patrols.address).context["behind"].rows.count() == 1
    assert client.get(people.address).context["behind"].value == 5


def test_campaign_result_tells_what_each_side_did(two_party_cluster, campaign, patrol):
    shares = [(share.label, share.values["participations"]) for share in CampaignResult(campaign).shares]
    own, other = two_party_cluster.parties
    assert shares == [
        (own.name, 3),
        (two_party_cluster.unit.name, 3),
        (other.name, 2),
        (two_party_cluster.partner_unit.name, 2),
    ]


def test_campaign_result_without_a_patrol_says_so(client_of, recorder, address):
    response = client_of(recorder).get(address)
    assert tiles(response) == [None, None, None]
    assert "Chưa có ca tuần tra" in response.content.decode()


def test_campaign_result_compares_the_incidents_of_its_days_with_the_year_before(
    client_of, leader, two_party_cluster, address
):
    category = make_category(cluster=two_party_cluster.cluster)
    for day in ("2017-01-05", "2016-01-05", "2016-01-06", "2017-06-01"):
        make_incident(cluster=two_party_cluster.cluster, category=category, occurred_on=dt.date.fromisoformat(day))
    (line,) = client_of(leader).get(address).context["by_category"]
    assert [number.value for number in line.numbers] == [1, 2, None, None, None]


def test_campaign_result_docx_says_the_same_as_the_page(client_of, leader, patrol, address):
    response = client_of(leader).get(f"{address.rstrip('/')}.docx")
    paper = Document(io.BytesIO(response.content))
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert any("Số lượt người tham gia: 5." in text for text in texts)
    assert [cell.text for cell in paper.tables[1].rows[-1].cells] == ["Toàn cụm", "1", "5", ""]


def test_campaign_result_pdf_is_one_page(client_of, leader, patrol, address):
    response = client_of(leader).get(f"{address.rstrip('/')}.pdf")
    reader = PdfReader(io.BytesIO(response.content))
    assert len(reader.pages) == 1
    assert "Cao điểm Tết 2017" in reader.pages[0].extract_text()


def test_campaign_result_of_another_cluster_does_not_exist(client_of, outsider, address):
    assert client_of(outsider).get(address).status_code == 404
