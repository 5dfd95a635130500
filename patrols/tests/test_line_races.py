"""Two words at once: one wins, the other is told, and nobody's is lost (security.md 3 to 5)."""

import random
from functools import partial

import pytest
from django.utils import timezone

from cluster.access import Access
from cluster.services import StaleVersion
from patrols.models import Contingent, JointPatrol
from patrols.services import (
    LineData,
    LineOfOtherUnit,
    PatrolData,
    confirm_line,
    correct_line,
    delete_patrol,
    edit_patrol,
    refuse_line,
)
from patrols.tests.lines import path_of, word_of
from patrols.tests.racing import at_once

State = Contingent.State
ROUNDS = 4
races = pytest.mark.django_db(transaction=True)


@pytest.fixture
def race(tmp_path):
    return partial(at_once, refusals=(StaleVersion, LineOfOtherUnit), folder=tmp_path)


def rights_of(user, cluster):
    rights = Access(user).rights_in(cluster)
    assert rights.unit_ids
    return rights


@races
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_of_many_answers_at_once_one_wins(race, waiting_line, partner_recorder, seed):
    known = {"version": 1, "rights": rights_of(partner_recorder, waiting_line.cluster), "now": timezone.now()}
    words = {
        (State.CONFIRMED, 5, ""): partial(confirm_line, waiting_line, **known),
        (State.CORRECTED, 4, "Đếm lại"): partial(correct_line, waiting_line, headcount=4, reason="Đếm lại", **known),
        (State.CORRECTED, 6, "Đếm lại"): partial(correct_line, waiting_line, headcount=6, reason="Đếm lại", **known),
        (State.REFUSED, 5, "Không đi"): partial(refuse_line, waiting_line, reason="Không đi", **known),
    }
    order = random.Random(seed).sample(list(words), len(words))
    answers, said = race([words[word] for word in order], then=lambda: word_of(waiting_line))
    assert sorted(map(str, answers)) == sorted(["True", *[str(StaleVersion)] * 3])
    assert said == order[answers.index(True)]


@races
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_an_author_who_edits_while_the_unit_confirms_is_told(race, waiting_line, recorder, partner_recorder, seed):
    patrol, now = waiting_line.patrol, timezone.now()
    lines = [
        LineData(unit=line.unit, force=line.force, headcount=7 if line == waiting_line else 5)
        for line in patrol.contingents.all()
    ]
    data = PatrolData(route="Đường khác", lead_unit=patrol.lead_unit, starts_at=patrol.starts_at, lines=tuple(lines))
    author, unit = (rights_of(user, patrol.cluster) for user in (recorder, partner_recorder))
    calls = [
        partial(edit_patrol, patrol, version=1, data=data, rights=author, now=now),
        partial(confirm_line, waiting_line, version=1, rights=unit, now=now),
    ]
    answers, said = race(calls[:: 1 if seed % 2 else -1], then=lambda: word_of(waiting_line))
    if True in answers:
        assert (LineOfOtherUnit in answers, said) == (True, (State.CONFIRMED, 5, ""))
    else:
        assert (StaleVersion in answers, said) == (True, (State.PENDING, 7, ""))


@races
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_an_author_who_deletes_while_the_unit_confirms_is_told(race, waiting_line, recorder, partner_recorder, seed):
    patrol, now = waiting_line.patrol, timezone.now()
    author, unit = (rights_of(user, patrol.cluster) for user in (recorder, partner_recorder))
    calls = [
        partial(delete_patrol, patrol, version=1, rights=author, now=now),
        partial(confirm_line, waiting_line, version=1, rights=unit, now=now),
    ]
    answers, is_deleted = race(calls[:: 1 if seed % 2 else -1], then=lambda: JointPatrol.objects.get().is_deleted)
    refusal = StaleVersion if is_deleted else LineOfOtherUnit
    assert (refusal in answers, True in answers) == (True, not is_deleted)


def test_a_correction_is_not_undone_by_a_form_that_was_open(client_of, coordinator, partner_recorder, waiting_line):
    """Be it a coordinator's, who may change any line: the form showed another number."""
    known = {"version": 1, "rights": rights_of(partner_recorder, waiting_line.cluster), "now": timezone.now()}
    correct_line(waiting_line, headcount=4, reason="Đếm lại", **known)
    patrol = waiting_line.patrol
    lines = [LineData(unit=line.unit, force=line.force, headcount=5) for line in patrol.contingents.all()]
    data = PatrolData(route="Khác", lead_unit=patrol.lead_unit, starts_at=patrol.starts_at, lines=tuple(lines))
    rights = Access(coordinator).rights_in(patrol.cluster)
    with pytest.raises(StaleVersion):
        edit_patrol(patrol, version=1, data=data, rights=rights, reason="Sửa tuyến", now=timezone.now())
    assert word_of(waiting_line) == (State.CORRECTED, 4, "Đếm lại")


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_role_but_the_coordinator_ever_changes_the_line_of_another_unit(
    client_of, patrol_of_both, recorder, partner_recorder, leader, observer, administrator, outsider, coordinator, seed
):
    """Forty answers by anybody to anything, right and wrong versions mixed."""
    chance, lines = random.Random(seed), list(patrol_of_both.contingents.all())
    units = {recorder: patrol_of_both.lead_unit_id, partner_recorder: lines[1].unit_id}
    people = {user: client_of(user) for user in (*units, leader, observer, administrator, outsider, coordinator)}
    changed = 0
    for _ in range(40):
        user, line = chance.choice(list(people)), chance.choice(lines)
        before = {row.pk: word_of(row) for row in lines}
        entry = {
            "version": str(Contingent.objects.get(pk=line.pk).version - chance.choice([0, 0, 1])),
            "headcount": str(chance.randint(1, 9)),
            "reason": chance.choice(["", "Đếm lại", "Không đi"]),
            "names": "",
        }
        people[user].post(path_of(line, chance.choice(["confirm", "correct", "refuse", "acknowledge"])), entry)
        touched = {row.unit_id for row in lines if word_of(row) != before[row.pk]}
        changed += len(touched)
        assert touched <= ({line.unit_id} if user == coordinator else {units.get(user)})
    assert changed
