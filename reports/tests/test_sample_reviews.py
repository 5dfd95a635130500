"""The sample's reviews are signed and numbered, and the amendment of 2017 left what was signed."""

import json

import pytest

from cluster.models import Cluster
from reports.edition import Edition
from reports.models import Conference, Review
from reports.periods import Period
from reports.sample.load import load_sample
from reports.sample.tables import CLUSTERS


@pytest.fixture
def reviews(db):
    for _ in range(2):
        load_sample(password="mot-mat-khau-dai")
    return list(Review.objects.filter(cluster__slug=CLUSTERS[0]).order_by("date_from"))


def test_sample_has_two_signed_reviews_with_an_amendment(reviews):
    assert [(review.date_from.year, review.state, review.number) for review in reviews] == [
        (2016, "signed", 1),
        (2017, "signed", 1),
    ]
    assert [review.countersignatures.count() for review in reviews] == [1, 1]
    (amendment,) = reviews[1].amendments.all()
    figures = json.loads(amendment.changes)["figures"]["incidents_resolved"]
    before, after = (figures[moment]["this"]["value"] for moment in ("before", "after"))
    assert after == before + 1
    edition = Edition.of(reviews[1])
    assert edition.said["figures"]["incidents_resolved"]["this"]["value"] == before
    assert [statement for _key, statement in edition.reckoning.headline] == [
        "25 ca tuần tra chung",
        "hơn 150 lượt người tham gia",
        "giảm 13 vụ việc so với năm 2016",
    ]


def test_conferences_of_the_sample_conclude_its_reviews(reviews):
    cluster = Cluster.objects.get(slug=CLUSTERS[0])
    held = Conference.objects.of(cluster).order_by("held_on")
    assert [conference.review.period for conference in held] == [
        Period.of_year(cluster, 2016),
        Period.of_year(cluster, 2017),
    ]
    assert [(conference.held_on.year, conference.minutes_number) for conference in held] == [(2017, 1), (2018, 1)]
