"""What the database refuses of reviews, plans and the rest that the app keeps, past every form."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from cluster.models import Party
from cluster.tests.constraints import Case, assert_refused, cases_of, copy_of, insert, named_constraints, update
from cluster.tests.factories import make_cluster, make_document, make_party, make_unit, make_user
from reports.models import Amendment, Countersignature, Return, Review, Section, Target, Workplan
from reports.tests.factories import make_workplan
from reports.tests.test_constraints_of_conferences import CASES as OF_CONFERENCES
from reports.tests.test_constraints_of_papers import CASES as OF_PAPERS

pytestmark = pytest.mark.django_db

LONG_AGO = dt.date(2001, 1, 1)


def review() -> Review:
    year = {"date_from": dt.date(2017, 1, 1), "date_to": dt.date(2017, 12, 31)}
    before = {"compare_from": dt.date(2016, 1, 1), "compare_to": dt.date(2016, 12, 31)}
    return Review.objects.create(cluster=make_cluster(), **year, **before)


def section() -> Section:
    return Section.objects.create(review=review(), kind="causes", text="Địa bàn rộng", written_by=make_user())


def returned() -> Return:
    return Return.objects.create(
        review=review(), reason="Thiếu số", returned_by=make_user(), returned_at=timezone.now()
    )


def countersignature() -> Countersignature:
    of = review()
    party: Party = make_party(cluster=of.cluster)
    return Countersignature.objects.create(review=of, party=party, signed_by=make_user(), signed_at=timezone.now())


def amendment() -> Amendment:
    return Amendment.objects.create(
        review=review(), number=1, reason="Sửa số", opened_by=make_user(), opened_at=timezone.now()
    )


def target() -> Target:
    return make_workplan(cluster=make_cluster(), metrics=("joint_patrols",)).targets.get()


def of_document() -> Workplan:
    cluster = make_cluster()
    return make_workplan(cluster=cluster, document=make_document(cluster=cluster))


def of_party_and_unit() -> None:
    row = target()
    cluster = row.workplan.cluster
    update(row, party=make_party(cluster=cluster), unit=make_unit(cluster=cluster))


CASES = [
    Case("review_once_a_period", lambda: insert(copy_of(review()))),
    Case("review_dates_in_order", lambda: update(review(), date_to=LONG_AGO)),
    Case("review_dates_in_order", lambda: update(review(), compare_to=LONG_AGO)),
    Case("review_signed_with_its_snapshot", lambda: update(review(), state="signed")),
    Case("review_signed_with_its_snapshot", lambda: update(review(), snapshot="{}")),
    Case("section_once_a_review", lambda: insert(copy_of(section(), text="Khác"))),
    Case("section_kind_known", lambda: update(section(), kind="poem")),
    Case("return_reason_given", lambda: update(returned(), reason="")),
    Case("return_settled_by_somebody", lambda: update(returned(), settled_at=timezone.now())),
    Case("countersignature_once_a_party", lambda: insert(copy_of(countersignature()))),
    Case("amendment_number_once_a_review", lambda: insert(_closed_copy(amendment()))),
    Case("amendment_one_open_a_review", lambda: insert(copy_of(amendment(), number=2))),
    Case("amendment_reason_given", lambda: update(amendment(), reason="")),
    Case("amendment_closed_with_its_changes", lambda: update(amendment(), changes="{}")),
    Case("workplan_dates_in_order", lambda: update(target().workplan, date_to=LONG_AGO)),
    Case("workplan_name_given", lambda: update(target().workplan, name="")),
    Case("workplan_once_a_document", lambda: insert(copy_of(of_document(), client_id=uuid.uuid4()))),
    Case("workplan_number_in_one_place", lambda: update(of_document(), symbol="01/KH-BĐH")),
    Case("workplan_number_in_one_place", lambda: update(of_document(), approver="Trưởng ban")),
    Case("workplan_number_in_one_place", lambda: update(of_document(), approved_on=LONG_AGO)),
    Case("target_once_a_plan", lambda: insert(copy_of(target(), amount=7))),
    Case("target_is_something", lambda: update(target(), amount=0)),
    Case("target_of_party_or_unit", of_party_and_unit),
    Case("target_metric_given", lambda: update(target(), metric="")),
]


def _closed_copy(row: Amendment) -> Amendment:
    """Of the same number, and not open as the first still is."""
    closed = {"closed_at": timezone.now(), "closed_by_id": row.opened_by_id, "changes": "{}", "changes_hash": "0"}
    return copy_of(row, **closed)  # type: ignore[return-value]


@cases_of(CASES)
def test_database_refuses(case):
    assert_refused(case)


def test_every_constraint_has_a_case():
    proven = {case.name for case in (*CASES, *OF_CONFERENCES, *OF_PAPERS)}
    assert proven == set(named_constraints("reports"))
