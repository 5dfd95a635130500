"""Linking two records of one patrol, taking it back, and telling two patrols apart."""

import random
import uuid
from itertools import combinations

import pytest
from django.utils import timezone

from cluster.access import Access
from cluster.services import StaleVersion
from cluster.tests.factories import make_force, make_member, make_officer, make_two_party_cluster
from patrols.models import Contingent, JointPatrol, NotTwins, TwinLink
from patrols.services import (
    LineData,
    LinkedToTwin,
    NotLinkable,
    delete_patrol,
    join_patrol,
    link_twins,
    not_twins,
    take_back_not_twins,
    tell_apart,
    unlink_twins,
)
from patrols.tests.factories import make_contingent, make_patrol
from patrols.tests.twins import lines_of, link, make_twins


@pytest.fixture
def world(two_party_cluster):
    return two_party_cluster


@pytest.fixture
def twins(world):
    return make_twins(world)


def counted() -> set[int]:
    return set(JointPatrol.objects.counted().values_list("pk", flat=True))


def participations() -> int:
    return sum(line.headcount for line in Contingent.objects.counted())


def test_linked_twins_count_once(twins, coordinator):
    make_contingent(patrol=twins.theirs, unit=twins.ours.lead_unit)
    assert counted() == {twins.ours.pk, twins.theirs.pk}
    link(twins.ours, twins.theirs, by=coordinator)
    assert counted() == {twins.ours.pk}


def test_kept_record_gets_the_lines_it_lacks_with_their_state_and_names(world, twins, coordinator):
    militia, officer = make_force(), make_officer(unit=world.partner_unit)
    theirs = make_contingent(
        patrol=twins.theirs,
        unit=world.partner_unit,
        force=militia,
        headcount=7,
        officers=[officer],
        state="corrected",
        reason="Thiếu một người",
        decided_by=coordinator,
        decided_at=timezone.now(),
    )
    made = link(twins.ours, twins.theirs, by=coordinator)
    [added] = made.added_lines.all()
    assert (added.patrol, added.force, added.headcount, added.state) == (twins.ours, militia, 7, "corrected")
    assert (added.decided_by, added.decided_at, added.reason) == (coordinator, theirs.decided_at, "Thiếu một người")
    assert list(added.officers.all()) == [officer]
    assert added.history.count() == 1


def test_a_line_that_both_have_stays_as_the_kept_record_has_it(world, twins, coordinator):
    before = lines_of(twins.ours)
    link(twins.ours, twins.theirs, by=coordinator)
    assert lines_of(twins.ours) == before


def test_a_refused_line_is_not_carried_over(world, twins, coordinator):
    make_contingent(
        patrol=twins.theirs, unit=world.partner_unit, force=make_force(), state="refused", reason="Không tham gia"
    )
    assert not link(twins.ours, twins.theirs, by=coordinator).added_lines.exists()


def test_both_records_stay_with_a_new_version_and_who_linked_them(twins, coordinator):
    made = link(twins.ours, twins.theirs, by=coordinator, reason="Hai bên cùng ghi")
    for patrol in twins:
        patrol.refresh_from_db()
        assert (patrol.version, patrol.is_deleted) == (2, False)
        assert patrol.history.first().history_user == coordinator
        assert patrol.history.first().history_change_reason == "Hai bên cùng ghi"
    assert made.history.last().history_user == coordinator


def test_a_record_edited_meanwhile_is_not_linked(twins, coordinator):
    JointPatrol.objects.filter(pk=twins.theirs.pk).update(version=5)
    with pytest.raises(StaleVersion):
        link_twins(
            kept=twins.ours,
            absorbed=twins.theirs,
            kept_version=1,
            absorbed_version=1,
            by=coordinator,
            now=timezone.now(),
        )
    twins.ours.refresh_from_db()
    assert (TwinLink.objects.count(), twins.ours.version) == (0, 1)


@pytest.mark.parametrize("fields", [{"status": "cancelled"}, {"status": "scheduled"}])
def test_only_completed_patrols_are_linked(world, twins, coordinator, fields):
    with pytest.raises(NotLinkable):
        link(twins.ours, make_patrol(cluster=world.cluster, **fields), by=coordinator)


def test_records_of_two_clusters_are_never_linked(twins, coordinator):
    elsewhere = make_patrol(cluster=make_two_party_cluster().cluster)
    with pytest.raises(NotLinkable):
        link(twins.ours, elsewhere, by=coordinator)
    with pytest.raises(NotLinkable):
        not_twins(twins.ours, elsewhere, by=coordinator, now=timezone.now())


def test_links_make_no_chain(world, twins, coordinator):
    third = make_patrol(cluster=world.cluster)
    link(twins.ours, twins.theirs, by=coordinator)
    for kept, absorbed in ((third, twins.ours), (twins.theirs, third), (third, twins.theirs)):
        with pytest.raises(NotLinkable):
            link(kept, absorbed, by=coordinator)
    link(twins.ours, third, by=coordinator)
    assert counted() == {twins.ours.pk}


def test_unlinking_takes_back_what_linking_did(world, twins, coordinator):
    make_contingent(patrol=twins.theirs, unit=make_member(party=world.party).unit, force=world.force)
    before = [lines_of(patrol) for patrol in twins], counted(), participations()
    made = link(twins.ours, twins.theirs, by=coordinator)
    assert lines_of(twins.ours) != before[0][0]
    assert unlink_twins(made, by=coordinator, reason="Nhầm") == []
    assert ([lines_of(patrol) for patrol in twins], counted(), participations()) == before
    assert TwinLink.history.filter(history_type="-").get().history_change_reason == "Nhầm"


def test_unlinking_leaves_a_line_that_somebody_has_changed_since(world, twins, coordinator):
    unit = make_member(party=world.party).unit
    make_contingent(patrol=twins.theirs, unit=unit, force=world.force)
    made = link(twins.ours, twins.theirs, by=coordinator)
    added = made.added_lines.get()
    Contingent.objects.filter(pk=added.pk).update(version=2, state="confirmed")
    assert unlink_twins(made, by=coordinator) == [added]
    assert twins.ours.contingents.filter(unit=unit).exists()


def test_linked_records_are_not_deleted(world, twins, coordinator):
    link(twins.ours, twins.theirs, by=coordinator)
    rights = Access(coordinator).rights_in(world.cluster)
    for patrol in twins:
        patrol.refresh_from_db()
        with pytest.raises(LinkedToTwin):
            delete_patrol(patrol, version=patrol.version, rights=rights, reason="Ghi hai lần", now=timezone.now())


def test_two_patrols_are_told_apart_once(twins, coordinator, recorder):
    now = timezone.now()
    first = not_twins(twins.theirs, twins.ours, by=recorder, now=now)
    assert (first.first, first.second) == tuple(sorted(twins, key=lambda patrol: patrol.pk))
    assert not_twins(twins.ours, twins.theirs, by=coordinator, now=now) == first
    take_back_not_twins(first)
    assert not NotTwins.objects.exists()


def test_linking_overrules_what_was_told_apart_and_not_the_other_way(twins, coordinator):
    not_twins(*twins, by=coordinator, now=timezone.now())
    link(twins.ours, twins.theirs, by=coordinator)
    assert not NotTwins.objects.exists()
    with pytest.raises(NotLinkable):
        not_twins(*twins, by=coordinator, now=timezone.now())


def test_the_answer_of_the_form_tells_apart_only_within_the_cluster(world, twins, recorder):
    elsewhere = make_patrol(cluster=make_two_party_cluster().cluster)
    said = [twins.theirs.client_id, elsewhere.client_id, twins.ours.client_id, uuid.uuid4()]
    tell_apart(twins.ours, said, by=recorder, now=timezone.now())
    assert [(pair.first, pair.second) for pair in NotTwins.objects.all()] == [tuple(twins)]


@pytest.mark.parametrize("seed", range(8))
def test_links_in_any_order_count_each_patrol_once_and_leave_no_trace(world, coordinator, seed):
    """Twelve random decisions on five records; then all are taken back."""
    chance = random.Random(seed)
    units = [*world.units, *(make_member(party=party).unit for party in world.parties)]
    patrols = [make_patrol(cluster=world.cluster, units=chance.sample(units, 3)) for _ in range(5)]
    before = [lines_of(patrol) for patrol in patrols], counted(), participations()
    for kept, absorbed in chance.choices([*combinations(patrols, 2), *combinations(patrols[::-1], 2)], k=12):
        if chance.random() < 0.3 and (made := TwinLink.objects.order_by("?").first()):
            unlink_twins(made, by=coordinator)
            continue
        try:
            link(kept, absorbed, by=coordinator)
        except NotLinkable:
            continue
        absorbed_now = set(TwinLink.objects.values_list("absorbed", flat=True))
        assert counted() == before[1] - absorbed_now
        assert not absorbed_now & set(TwinLink.objects.values_list("kept", flat=True))
    for made in TwinLink.objects.order_by("linked_at"):
        unlink_twins(made, by=coordinator)
    assert ([lines_of(patrol) for patrol in patrols], counted(), participations()) == before


class TestJoining:
    """The author of a second record says "the same patrol"."""

    @pytest.fixture
    def rights(self, world, partner_recorder):
        return Access(partner_recorder).rights_in(world.cluster)

    @staticmethod
    def join(patrol, rights, *lines, client_id=None):
        return join_patrol(patrol, client_id=client_id or uuid.uuid4(), lines=lines, rights=rights, now=timezone.now())

    def test_a_missing_line_is_added_and_confirmed(self, world, rights):
        patrol = make_patrol(cluster=world.cluster, units=[world.unit], force=world.force)
        self.join(patrol, rights, LineData(unit=world.partner_unit, force=world.force, headcount=5))
        line = patrol.contingents.get(unit=world.partner_unit)
        assert (line.headcount, line.state, line.decided_by) == (5, "confirmed", rights.user)
        patrol.refresh_from_db()
        assert patrol.version == 2

    def test_the_waiting_line_is_confirmed(self, world, twins, rights):
        self.join(twins.ours, rights, LineData(unit=world.partner_unit, force=world.force, headcount=3))
        line = twins.ours.contingents.get(unit=world.partner_unit)
        assert (line.headcount, line.state, line.corrected_from, line.version) == (3, "confirmed", None, 2)

    def test_the_waiting_line_with_another_number_is_corrected(self, world, twins, rights):
        self.join(
            twins.ours,
            rights,
            LineData(unit=world.partner_unit, force=world.force, headcount=4, new_officers=("Trần Văn C",)),
        )
        line = twins.ours.contingents.get(unit=world.partner_unit)
        assert (line.headcount, line.state, line.corrected_from) == (4, "corrected", 3)
        assert line.reason == "By the unit's own record of this patrol."
        assert [officer.name for officer in line.officers.all()] == ["Trần Văn C"]

    def test_nobody_elses_line_is_touched(self, world, twins, rights):
        before = lines_of(twins.ours)
        theirs = LineData(unit=world.unit, force=world.force, headcount=9)
        third = LineData(unit=make_member(party=world.party).unit, force=world.force, headcount=2)
        with pytest.raises(NotLinkable):
            self.join(twins.ours, rights, theirs, third)
        assert lines_of(twins.ours) == before
        own = LineData(unit=world.partner_unit, force=world.force, headcount=3)
        joined = self.join(twins.ours, rights, theirs, own, third)
        assert joined.unnamed == [third.unit]
        assert {line[:3] for line in lines_of(twins.ours)} == {line[:3] for line in before}

    def test_a_second_copy_of_the_form_changes_nothing(self, world, twins, rights):
        client_id = uuid.uuid4()
        lines = (
            LineData(unit=world.partner_unit, force=world.force, headcount=4),
            LineData(unit=world.partner_unit, force=make_force(), headcount=2),
        )
        self.join(twins.ours, rights, *lines, client_id=client_id)
        once, version = lines_of(twins.ours), JointPatrol.objects.get(pk=twins.ours.pk).version
        self.join(twins.ours, rights, *lines, client_id=client_id)
        assert (lines_of(twins.ours), JointPatrol.objects.get(pk=twins.ours.pk).version) == (once, version)

    def test_a_form_that_was_saved_as_a_record_does_not_join(self, world, twins, rights):
        line = LineData(unit=world.partner_unit, force=world.force, headcount=4)
        with pytest.raises(NotLinkable):
            self.join(twins.ours, rights, line, client_id=twins.theirs.client_id)

    def test_an_absorbed_record_sends_on_to_the_one_that_counts(self, world, twins, rights, coordinator):
        link(twins.ours, twins.theirs, by=coordinator)
        line = LineData(unit=world.partner_unit, force=make_force(), headcount=2)
        assert self.join(twins.theirs, rights, line).patrol == twins.ours

    @pytest.mark.parametrize("change", [{"deleted_at": timezone.now()}, {"status": "cancelled"}])
    def test_what_is_gone_or_put_off_is_not_joined(self, world, rights, change):
        patrol = make_patrol(cluster=world.cluster, **change)
        with pytest.raises(NotLinkable):
            self.join(patrol, rights, LineData(unit=world.partner_unit, force=world.force, headcount=4))
