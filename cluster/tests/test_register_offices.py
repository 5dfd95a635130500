"""The board and the standing role: who held what on which day, and nobody twice."""

import datetime as dt
import uuid
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from cluster.models import BoardMember, StandingTerm
from cluster.services import edit_record, log_record
from cluster.tests.at_once import at_once, database_in_a_file
from cluster.tests.entries import register_entry
from cluster.tests.factories import make_board_member, make_cluster, make_officer, make_party, make_term

BOARD, STANDING = "/clusters/cum-thu/board/", "/clusters/cum-thu/standing/"
NOW = dt.datetime(2017, 1, 5, tzinfo=dt.UTC)
HEAD = BoardMember.Seat.HEAD


def listed(response):
    return [row.record for row in response.context["rows"]]


@pytest.fixture
def heads(two_party_cluster):
    cluster = two_party_cluster.cluster
    return [
        make_board_member(cluster=cluster, seat=HEAD, name="Người cũ", date_to=dt.date(2017, 6, 30)),
        make_board_member(cluster=cluster, seat=HEAD, name="Người mới", date_from=dt.date(2017, 7, 1)),
    ]


@pytest.mark.parametrize(("day", "place"), [("2017-06-30", 0), ("2017-07-01", 1)])
def test_board_is_listed_as_it_sat_on_a_day(day, place, heads, client_of, recorder):
    assert listed(client_of(recorder).get(f"{BOARD}?on={day}")) == [heads[place]]
    assert listed(client_of(recorder).get(f"{BOARD}?on=2015-12-31")) == []


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ({"date_from": "2015-01-01", "date_to": "2015-12-31"}, 302),
        ({"date_from": "2015-01-01", "date_to": "2016-01-01"}, 422),
        ({"date_from": "2017-06-30", "date_to": "2017-06-30"}, 422),
        ({"date_from": "2019-01-01"}, 422),
    ],
)
def test_board_has_one_head_on_a_day(dates, status, heads, client_of, coordinator):
    response = client_of(coordinator).post(f"{BOARD}new/", register_entry(BoardMember, seat="1") | dates)
    assert response.status_code == status
    if status == 422:
        assert "mỗi lúc ban chỉ có một trưởng ban" in str(response.context["form"].non_field_errors())


def test_head_may_be_edited_in_place(heads, client_of, coordinator):
    entry = register_entry(BoardMember, seat="1", name="Người cũ", post="Chức vụ khác", reason="Ghi nhầm", version=1)
    response = client_of(coordinator).post(
        f"{heads[0].get_absolute_url()}edit/", entry | {"date_from": "2016-01-01", "date_to": "2017-06-30"}
    )
    assert (response.status_code, BoardMember.objects.get(pk=heads[0].pk).post) == (302, "Chức vụ khác")


def test_deleted_head_leaves_the_seat(heads, client_of, coordinator):
    client = client_of(coordinator)
    for head in heads:
        client.post(f"{head.get_absolute_url()}delete/", {"version": 1, "reason": "Trùng"})
    assert client.post(f"{BOARD}new/", register_entry(BoardMember, seat="1")).status_code == 302


def test_service_asks_past_the_form(heads):
    edited = heads[1]
    with pytest.raises(ValidationError, match="Người cũ"):
        edit_record(edited, {"date_from": dt.date(2017, 1, 1)}, version=1, by=None, now=NOW)
    assert BoardMember.objects.get(pk=edited.pk).version == 1


def test_seat_is_held_by_a_name_or_an_officer_of_the_cluster(client_of, coordinator, two_party_cluster):
    own, foreign = make_officer(unit=two_party_cluster.unit, name="Cán bộ nhà"), make_officer(name="Cán bộ lạ")
    client, entry = client_of(coordinator), register_entry(BoardMember, name="")
    assert client.post(f"{BOARD}new/", entry).status_code == 422
    assert list(client.post(f"{BOARD}new/", entry | {"officer": foreign.pk}).context["form"].errors) == ["officer"]
    client.post(f"{BOARD}new/", entry | {"officer": own.pk})
    assert BoardMember.objects.get().person == "Cán bộ nhà"


def test_history_of_a_seat_names_nobody(client_of, coordinator):
    client_of(coordinator).post(f"{BOARD}new/", register_entry(BoardMember, name="Nguyễn Văn Mẫu"))
    (entry,) = BoardMember.history.values()
    assert "Nguyễn Văn Mẫu" not in entry.values()


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ({"date_from": "2018-01-01", "date_to": "2018-12-31"}, 302),
        ({"date_from": "2016-06-01", "date_to": "2017-01-01"}, 422),
        ({"date_from": "2016-01-01", "date_to": ""}, 422),
        ({"date_from": "2017-12-31", "date_to": ""}, 422),
    ],
)
def test_standing_role_has_one_holder_on_a_day(dates, status, client_of, coordinator, two_party_cluster):
    make_term(cluster=two_party_cluster.cluster, party=two_party_cluster.party)
    entry = register_entry(StandingTerm, party=two_party_cluster.partner_party.pk) | dates
    response = client_of(coordinator).post(f"{STANDING}new/", entry)
    assert response.status_code == status
    if status == 422:
        assert "mỗi lúc chỉ một bên giữ" in str(response.context["form"].non_field_errors())


def test_role_is_handed_over_by_another_party(client_of, coordinator, two_party_cluster):
    party = two_party_cluster.party.pk
    entry = register_entry(StandingTerm, party=party, handed_over_by=party, handed_over_on="2017-12-28")
    assert client_of(coordinator).post(f"{STANDING}new/", entry).status_code == 422


def test_form_opens_with_the_handover_of_a_conference(client_of, coordinator, two_party_cluster):
    query = f"party={two_party_cluster.party.pk}&handed_over_on=2018-01-05&date_from=2018-01-01"
    form = client_of(coordinator).get(f"{STANDING}new/?{query}").context["form"]
    assert (form["party"].value(), form["date_from"].value()) == (str(two_party_cluster.party.pk), "2018-01-01")


def test_every_page_head_says_who_holds_the_role_today(client_of, recorder, two_party_cluster):
    client = client_of(recorder)
    assert "here-standing" not in client.get(BOARD).content.decode()
    term = make_term(cluster=two_party_cluster.cluster, party=two_party_cluster.party, date_to=None)
    make_term(cluster=make_cluster(), date_to=None)
    for page in (BOARD, "/clusters/cum-thu/", "/clusters/cum-thu/patrols/", "/"):
        assert f"Thường trực: {term.party.name}<" in client.get(page).content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_many_terms_at_once_one_is_written(tmp_path):
    cluster = make_cluster()
    parties = [make_party(cluster=cluster) for _ in range(4)]

    def log(number, party):
        blank = StandingTerm(cluster=cluster, client_id=uuid.uuid4())
        dates = {"date_from": dt.date(2017, 1, 1 + number), "date_to": dt.date(2017, 12, 31)}
        try:
            return log_record(blank, {"party": party, **dates}, unit=None, by=None, now=NOW)[1]
        except ValidationError:
            return False

    with database_in_a_file(tmp_path):
        written = at_once([partial(log, number, party) for number, party in enumerate(parties)])
        assert (sorted(written), StandingTerm.objects.count()) == ([False, False, False, True], 1)
