"""What the database refuses of the files of signed reviews."""

import datetime as dt

import pytest

from cluster.tests.constraints import Case, assert_refused, cases_of, copy_of, insert, update
from cluster.tests.factories import make_two_party_cluster
from reports.models import SignedPaper
from reports.tests.signing import draft

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2018, 1, 5, tzinfo=dt.UTC)


def paper():
    review = draft(make_two_party_cluster())
    return SignedPaper.objects.create(review=review, format="pdf", content=b"x", sha256="0" * 64, made_at=NOW)


CASES = [
    Case("signed_paper_once_an_issue", lambda: insert(copy_of(paper(), content=b"y"))),
    Case("signed_paper_format_known", lambda: update(paper(), format="odt")),
]


@cases_of(CASES)
def test_database_refuses(case):
    assert_refused(case)


def test_every_constraint_has_a_case():
    assert {case.name for case in CASES} == {constraint.name for constraint in SignedPaper._meta.constraints}
