import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from cluster.models import PaperSettings
from cluster.services import StaleVersion, save_paper_settings, take_number
from cluster.tests.factories import make_administrative_unit, make_cluster, make_paper_settings, make_party, make_user

pytestmark = pytest.mark.django_db
ENTRY = {
    "superiors": "UBND huyện Lệ Thủy",
    "issuer": "Ban điều hành cụm Lệ Thủy – Vĩnh Linh",
    "symbol": "BĐH",
    "place": "Lệ Thủy",
    "capacity": "TM. BAN ĐIỀU HÀNH\nTRƯỞNG BAN",
    "deputy_capacity": "KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN",
    "addressees": "",
    "recipients": "Như trên\nLưu: VT",
    "version": "0",
}


@pytest.fixture
def address(two_party_cluster):
    return reverse("paper_settings", args=[two_party_cluster.cluster.slug])


@pytest.fixture
def client(client_of, coordinator):
    return client_of(coordinator)


def test_settings_are_proposed_from_the_parties():
    cluster = make_cluster()
    place = make_administrative_unit(name="Lệ Thủy", kind="district")
    make_party(cluster=cluster, name="huyện Lệ Thủy", administrative_unit=place, position=1)
    make_party(cluster=cluster, name="Huyện Vĩnh Linh", position=2)
    proposed = PaperSettings.of(cluster)
    assert proposed.issuer == "Ban điều hành cụm Lệ Thủy – Vĩnh Linh"
    assert (proposed.place, proposed.symbol_of("BC"), proposed.superiors) == ("Lệ Thủy", "BC-BĐH", "")
    assert proposed.recipients.splitlines()[0] == "UBND, Công an huyện Lệ Thủy"
    assert proposed.recipients.splitlines()[-1] == "Lưu: VT"


def test_name_of_many_parties_is_not_made_of_all():
    cluster = make_cluster()
    for number in range(7):
        make_party(cluster=cluster, name=f"tỉnh {number}", position=number)
    assert PaperSettings.of(cluster).issuer == "Ban điều hành cụm"


def test_what_was_saved_is_not_proposed_again(client, address, two_party_cluster, coordinator):
    assert client.post(address, ENTRY).status_code == 302
    stored = PaperSettings.of(two_party_cluster.cluster)
    assert (stored.superiors, stored.place, stored.version) == ("UBND huyện Lệ Thủy", "Lệ Thủy", 1)
    assert stored.history.get().history_user == coordinator


def test_page_shows_the_last_number_of_each_series(client, address, two_party_cluster):
    for _ in range(2):
        take_number(cluster=two_party_cluster.cluster, kind="BC", year=2018, abstract="", by=None, now=timezone.now())
    rows = BeautifulSoup(client.get(address).content, "html.parser").select("tbody tr")
    assert [row.get_text(" ", strip=True) for row in rows] == ["2018 BC 02"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("issuer", ""), ("symbol", "B ĐH"), ("symbol", "BC/BĐH"), ("place", ""), ("recipients", "Ông A, 0912345678")],
)
def test_refused_entry_changes_nothing(client, address, name, value):
    response = client.post(address, ENTRY | {name: value})
    assert (response.status_code, PaperSettings.objects.count()) == (422, 0)
    assert BeautifulSoup(response.content, "html.parser").select_one(f"[name={name}]")["aria-invalid"] == "true"


@pytest.mark.parametrize(("version", "status"), [("1", 409), ("0", 409), ("", 428)])
def test_second_editor_sees_both_texts(client, address, two_party_cluster, version, status):
    stored = make_paper_settings(cluster=two_party_cluster.cluster, place="Vĩnh Linh", version=2)
    response = client.post(address, ENTRY | {"version": version})
    page = BeautifulSoup(response.content, "html.parser")
    told = {row.th.text: [cell.text for cell in row.select("td")] for row in page.select(".notice tbody tr")}
    assert (response.status_code, told["Địa danh"]) == (status, ["Vĩnh Linh", "Lệ Thủy"])
    assert page.select_one("[name=version]")["value"] == "2"
    stored.refresh_from_db()
    assert stored.place == "Vĩnh Linh"


def test_of_two_first_settings_one_is_stored():
    cluster, user = make_cluster(), make_user()
    one, other = PaperSettings.proposed_for(cluster), PaperSettings.proposed_for(cluster)
    for settings in (one, other):
        settings.place = "Lệ Thủy"
    save_paper_settings(one, version=0, by=user)
    with pytest.raises(StaleVersion):
        save_paper_settings(other, version=0, by=user)
    assert PaperSettings.objects.get() == one


def test_readers_do_not_find_the_way_to_it(client_of, leader, two_party_cluster):
    detail = client_of(leader).get(reverse("cluster_detail", args=[two_party_cluster.cluster.slug]))
    assert reverse("paper_settings", args=[two_party_cluster.cluster.slug]) not in detail.content.decode()


def test_letterhead_is_proposed_in_the_name_of_the_board(two_party_cluster):
    two_party_cluster.cluster.board_word = "ban chỉ đạo"
    proposed = PaperSettings.proposed_for(two_party_cluster.cluster)
    assert proposed.issuer.startswith("Ban chỉ đạo cụm")
    assert (proposed.symbol_of("BC"), proposed.capacity) == ("BC-BCĐ", "TM. BAN CHỈ ĐẠO\nTRƯỞNG BAN")
