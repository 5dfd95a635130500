"""What is unlikely is asked once, of who is there; what is impossible stands at its field."""

import datetime as dt

import pytest
from django.utils import timezone

from cluster.models import Cluster
from cluster.tests.factories import make_force, make_member, make_officer, make_posting, make_two_party_cluster
from patrols.models import JointPatrol, TwinLink
from patrols.tests.entries import error_of, line_entry, page_of, value_of
from patrols.tests.factories import make_contingent, make_patrol

ADDRESS = "/clusters/cum-thu/patrols/new/"
Status = JointPatrol.Status


def local(text):
    return timezone.make_aware(dt.datetime.fromisoformat(text))


def asked(response):
    """The questions of the page, each with its text and whether its box is ticked."""
    blocks = page_of(response).select("[data-question]")
    return {
        str(block["data-question"]): (" ".join(block.p.get_text().split()), block.input.has_attr("checked"))
        for block in blocks
    }


@pytest.fixture
def officer(two_party_cluster):
    return make_officer(unit=two_party_cluster.unit, name="Lê Văn An")


def engage(officer, *, start="2017-06-01 20:00", end="2017-06-01 22:00", **fields):
    """The officer is on another patrol, of the own cluster if no other is named.

    With another unit: with the own one it would look like the very patrol that is entered (test_twin_join.py).
    """
    cluster = fields.pop("cluster", None) or Cluster.objects.get(slug="cum-thu")
    unit = make_member(party=cluster.parties.earliest("pk")).unit
    patrol = make_patrol(
        cluster=cluster,
        starts_at=local(start),
        ends_at=local(end) if end else None,
        units=[],
        lead_unit=unit,
        route="Đường ven biển",
        **fields,
    )
    make_contingent(patrol=patrol, unit=unit, officers=[officer])
    return patrol


@pytest.fixture
def named(entry):
    return entry | {"line-0-names": "Lê Văn An"}


# The mechanism


def test_usual_patrol_is_asked_nothing(client_of, recorder, named, officer):
    assert client_of(recorder).post(ADDRESS, named).status_code == 302


def test_question_keeps_the_text_and_stores_nothing(client_of, recorder, entry):
    response = client_of(recorder).post(ADDRESS, entry | {"end": "11:30"})
    assert response.status_code == 422
    assert asked(response) == {"long": ("This is 14 hours 30 minutes from start to end: check the hours.", False)}
    assert (value_of(response, "end"), value_of(response, "client_id")) == ("11:30", entry["client_id"])
    assert not JointPatrol.objects.exists()


def test_question_answered_is_not_asked_again(client_of, recorder, entry):
    assert client_of(recorder).post(ADDRESS, entry | {"end": "11:30", "sure": "long"}).status_code == 302
    assert JointPatrol.objects.get().ends_at == local("2017-06-02 11:30")


def test_question_answered_stays_ticked_beside_another(client_of, recorder, named, officer):
    engage(officer)
    response = client_of(recorder).post(ADDRESS, named | {"end": "11:30", "sure": "long"})
    ticked = {key: is_ticked for key, (_text, is_ticked) in asked(response).items()}
    assert (response.status_code, ticked) == (422, {"long": True, f"busy-{officer.pk}": False})


def test_answer_to_another_question_is_none(client_of, recorder, entry):
    response = client_of(recorder).post(ADDRESS, entry | {"end": "11:30", "sure": "outsider-1"})
    assert (response.status_code, JointPatrol.objects.count()) == (422, 0)


def test_error_comes_before_a_question(client_of, recorder, entry):
    response = client_of(recorder).post(ADDRESS, entry | {"end": "11:30", "route": ""})
    assert (response.status_code, asked(response)) == (422, {})


def test_queue_that_drains_by_itself_is_asked_nothing(client_of, recorder, named, officer):
    engage(officer)
    response = client_of(recorder).post(ADDRESS, named | {"end": "11:30"}, headers={"X-Unattended": "1"}, follow=True)
    warnings = [notice.get_text(strip=True) for notice in page_of(response).select("main .notice-warning")]
    hours = "01/06/2017, 20:00 → 22:00, Đường ven biển."
    assert warnings == [
        "This is 14 hours 30 minutes from start to end: check the hours.",
        f"Lê Văn An is named in another patrol at the same hours: {hours}",
    ]


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.CANCELLED])
def test_patrol_put_off_is_asked_nothing(client_of, recorder, named, officer, status):
    engage(officer)
    reason = {"status": status, "status_reason": "Mưa lũ", "end": "11:30"}
    assert client_of(recorder).post(ADDRESS, named | reason).status_code == 302


# Over 14 hours


@pytest.mark.parametrize(("end", "is_asked"), [("11:00", False), ("11:01", True), ("21:00", True), ("", False)])
def test_shift_of_more_than_fourteen_hours_is_questioned(client_of, recorder, entry, end, is_asked):
    assert ("long" in asked(client_of(recorder).post(ADDRESS, entry | {"end": end}))) == is_asked


# A unit from outside


def test_unit_from_outside_is_questioned(client_of, recorder, entry, two_party_cluster):
    past = make_member(party=two_party_cluster.party, left=dt.date(2016, 1, 1)).unit
    response = client_of(recorder).post(ADDRESS, entry | line_entry(2, unit=past, force=two_party_cluster.force))
    text = f"The unit {past} does not belong to the cluster on 01/06/2017."
    assert asked(response) == {f"outsider-{past.pk}": (text, False)}


# An officer in two places


def test_officer_in_two_places_is_questioned(client_of, recorder, named, officer):
    other = engage(officer)
    response = client_of(recorder).post(ADDRESS, named)
    text = "Lê Văn An is named in another patrol at the same hours: 01/06/2017, 20:00 → 22:00, Đường ven biển."
    assert asked(response) == {f"busy-{officer.pk}": (f"{text} Open that record", False)}
    assert page_of(response).select(f'[data-question] a[href="{other.get_absolute_url()}"]')
    assert client_of(recorder).post(ADDRESS, named | {"sure": f"busy-{officer.pk}"}).status_code == 302


@pytest.mark.parametrize(
    ("date", "start", "end", "is_asked"),
    [
        ("2017-06-30", "22:00", "02:00", True),  # the night into July
        ("2017-07-01", "01:00", "03:00", True),
        ("2017-07-01", "02:00", "04:00", False),  # begins as the other ends
        ("2017-06-30", "18:00", "21:00", False),  # ends as the other begins
        ("2017-06-30", "18:00", "21:01", True),
        ("2017-06-29", "21:00", "02:00", False),  # the same hours, a night earlier
        ("2017-07-01", "01:59", "", True),  # an unknown end: at least its start
        ("2017-07-01", "02:00", "", False),
    ],
)
def test_officer_is_in_two_places_only_at_the_same_hours(
    client_of, recorder, named, officer, date, start, end, is_asked
):
    engage(officer, start="2017-06-30 21:00", end="2017-07-01 02:00")
    response = client_of(recorder).post(ADDRESS, named | {"date": date, "start": start, "end": end})
    assert bool(asked(response)) == is_asked


@pytest.mark.parametrize(
    ("date", "start", "end", "is_asked"),
    [("2017-12-31", "23:30", "04:00", True), ("2018-01-01", "00:30", "01:00", True), ("2018-01-01", "2h", "3h", False)],
)
def test_officer_is_in_two_places_across_the_new_year(client_of, recorder, named, officer, date, start, end, is_asked):
    engage(officer, start="2017-12-31 22:00", end="2018-01-01 02:00")
    response = client_of(recorder).post(ADDRESS, named | {"date": date, "start": start, "end": end})
    assert bool(asked(response)) == is_asked


def test_officer_whose_other_patrol_has_no_end_is_there_at_its_start(client_of, recorder, named, officer):
    engage(officer, start="2017-06-01 21:30", end=None)
    assert asked(client_of(recorder).post(ADDRESS, named))
    assert not asked(client_of(recorder).post(ADDRESS, named | {"start": "21:31"}))


def test_officer_who_leads_another_patrol_is_questioned(client_of, recorder, entry, officer):
    patrol = engage(make_officer(unit=officer.unit))
    JointPatrol.objects.filter(pk=patrol.pk).update(shift_leader=officer)
    response = client_of(recorder).post(ADDRESS, entry | {"shift_leader": officer.pk})
    assert set(asked(response)) == {f"busy-{officer.pk}"}


def test_officer_on_a_planned_patrol_is_questioned(client_of, recorder, named, officer):
    plan = {"planned_start": local("2017-06-01 21:00"), "planned_end": local("2017-06-01 23:00")}
    patrol = engage(officer)
    JointPatrol.objects.filter(pk=patrol.pk).update(status=Status.SCHEDULED, starts_at=None, ends_at=None, **plan)
    assert asked(client_of(recorder).post(ADDRESS, named))


@pytest.mark.parametrize(
    "change",
    [
        {"deleted_at": local("2017-06-02 08:00")},
        {"status": Status.CANCELLED, "status_reason": "Mưa lũ"},
        {"status": Status.POSTPONED, "status_reason": "Mưa lũ"},
    ],
)
def test_officer_of_a_patrol_that_was_not_is_free(client_of, recorder, named, officer, change):
    engage(officer)
    JointPatrol.objects.update(**change)
    assert client_of(recorder).post(ADDRESS, named).status_code == 302


def test_officer_of_a_refused_line_is_free(client_of, recorder, named, officer):
    engage(officer).contingents.update(state="refused", reason="Không đi")
    assert client_of(recorder).post(ADDRESS, named).status_code == 302


def test_officer_of_a_linked_twin_is_questioned_once(client_of, recorder, named, officer):
    kept, absorbed = engage(officer), engage(officer)
    TwinLink.objects.create(
        cluster=kept.cluster, kept=kept, absorbed=absorbed, linked_by=recorder, linked_at=timezone.now()
    )
    response = client_of(recorder).post(ADDRESS, named)
    assert page_of(response).select_one("[data-question] a")["href"] == kept.get_absolute_url()


def engage_elsewhere(officer):
    """The officer's unit is in a second cluster as well, and on a patrol there."""
    elsewhere = make_two_party_cluster(slug="cum-kin")
    make_member(party=elsewhere.party, unit=officer.unit)
    return engage(officer, cluster=elsewhere.cluster)


def test_officer_of_a_hidden_cluster_is_questioned_without_a_word_of_it(client_of, coordinator, named, officer):
    hidden = engage_elsewhere(officer)
    response = client_of(coordinator).post(ADDRESS, named)
    text = "Lê Văn An is named in another patrol at the same hours."
    assert asked(response) == {f"busy-{officer.pk}": (text, False)}
    assert not {hidden.route, hidden.cluster.slug, str(hidden.client_id)} & set(response.content.decode().split('"'))
    assert hidden.route not in response.content.decode()


@pytest.mark.parametrize(("role", "is_told"), [("coordinator", True), ("observer", False)])
def test_officer_of_another_cluster_is_shown_to_who_reads_records_there(
    client_of, coordinator, named, officer, role, is_told
):
    hidden = engage_elsewhere(officer)
    place = {"cluster": hidden.cluster} if role == "coordinator" else {}
    make_posting(role=role, user=coordinator, **place)
    assert (hidden.route in client_of(coordinator).post(ADDRESS, named).content.decode()) == is_told


def test_patrol_says_nothing_of_a_hidden_cluster_that_an_officer_is_in(client_of, leader, officer, two_party_cluster):
    hidden = engage_elsewhere(officer)
    patrol = engage(officer, start="2017-06-01 21:00", end="2017-06-02 02:00")
    text = client_of(leader).get(patrol.get_absolute_url()).content.decode()
    assert "Lê Văn An is named in another patrol at the same hours." in text
    assert hidden.cluster.slug not in text


def test_officer_named_on_two_lines_is_an_error(client_of, recorder, named, officer, two_party_cluster):
    again = line_entry(2, unit=two_party_cluster.unit, force=make_force(), names="le van an")
    response = client_of(recorder).post(ADDRESS, named | again)
    assert (response.status_code, error_of(response, "line-2-names")) == (
        422,
        "Another line already names Lê Văn An.",
    )


def test_new_officer_named_on_two_lines_is_an_error(client_of, recorder, entry, two_party_cluster):
    new = {"line-0-names": "Trần Mới", "line-0-adds": "1"}
    again = line_entry(2, unit=two_party_cluster.unit, force=make_force(), names="trần mới", adds=1)
    response = client_of(recorder).post(ADDRESS, entry | new | again)
    assert (response.status_code, bool(error_of(response, "line-2-names"))) == (422, True)


def test_more_named_than_counted_is_an_error(client_of, recorder, named, officer, two_party_cluster):
    make_officer(unit=two_party_cluster.unit, name="Trần Bình")
    response = client_of(recorder).post(
        ADDRESS, named | {"line-0-headcount": "1", "line-0-names": "Lê Văn An; Trần Bình"}
    )
    assert error_of(response, "line-0-names") == "More people are named than took part."


@pytest.mark.parametrize(("start", "end"), [(dt.date(2024, 7, 1), None), (dt.date(1900, 1, 1), dt.date(2017, 5, 31))])
def test_force_not_in_being_is_an_error(client_of, recorder, entry, start, end):
    force = make_force(valid_from=start, valid_to=end)
    response = client_of(recorder).post(ADDRESS, entry | {"line-0-force": force.pk})
    assert error_of(response, "line-0-force").startswith(f"{force} exists only ")


# Of an edit, only what it changes


@pytest.fixture
def stored(client_of, recorder, named, officer):
    """A patrol with everything unlikely about it, and the form that edits it."""
    engage(officer)
    sure = {"sure": ["long", f"busy-{officer.pk}"]}
    client_of(recorder).post(ADDRESS, named | {"end": "11:30"} | sure)
    patrol = JointPatrol.objects.get(client_id=named["client_id"])
    return f"{patrol.get_absolute_url()}edit/", named | {"end": "11:30", "version": "1"}


def test_edit_that_leaves_hours_and_forces_is_asked_nothing(client_of, recorder, stored):
    address, edit = stored
    assert client_of(recorder).post(address, edit | {"route": "Đường khác"}).status_code == 302


def test_edit_of_the_hours_is_asked_about_them(client_of, recorder, stored, officer):
    address, edit = stored
    response = client_of(recorder).post(address, edit | {"end": "11:45"})
    assert (response.status_code, set(asked(response))) == (422, {"long", f"busy-{officer.pk}"})
    assert value_of(response, "version") == "1"


def test_edit_that_names_another_officer_is_asked_about_that_one(client_of, recorder, stored, two_party_cluster):
    address, edit = stored
    second = make_officer(unit=two_party_cluster.unit, name="Trần Bình")
    engage(second)
    response = client_of(recorder).post(address, edit | {"line-0-names": "Lê Văn An; Trần Bình"})
    assert set(asked(response)) == {f"busy-{second.pk}"}
