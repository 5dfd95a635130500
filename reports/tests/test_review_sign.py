"""Signing: one button, the own password, what was seen, and nobody's own text."""

from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError

from cluster.models import PaperNumber, Seal
from cluster.services import StaleVersion
from cluster.tests.factories import make_posting, make_user
from incidents.tests.factories import make_incident
from patrols.tests.racing import at_once
from reports.edition import Edition
from reports.models import Countersignature, Review
from reports.services import NotADraft, digest_of, sign_review
from reports.tests.signing import PAST, YEAR, draft, make_year, signature_for, signed

HOME = "/clusters/cum-thu/review/2017"
SIGN, COUNTERSIGN = f"{HOME}/sign/", f"{HOME}/countersign/"
PASSWORD = "đò dọc sông Kiến Giang"


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def year(two_party_cluster):
    return make_year(two_party_cluster)


@pytest.fixture
def signer(year):
    user = make_user(username="an", password=PASSWORD, full_name="Nguyễn Văn An")
    return make_posting(user=user, role="leader", party=year.party).user


@pytest.fixture
def other_signer(year):
    user = make_user(username="binh", password=PASSWORD, full_name="Trần Thị Bình")
    return make_posting(user=user, role="leader", party=year.partner_party).user


def entry_of(client, path=SIGN, **changes):
    """What a browser sends of the page as it stands, each line break as two characters, with the password."""
    page = BeautifulSoup(client.get(path).content, "html.parser")
    entry = {tag["name"]: tag.get("value", "") for tag in page.select("main form input[name]:not([type=radio])")}
    entry |= {tag["name"]: tag["value"] for tag in page.select("main form input[checked]")}
    sent = {name: "\r\n".join(text.splitlines()) for name, text in entry.items()}
    return sent | {"password": PASSWORD} | changes


def test_review_sign_freezes_numbers_and_seals(client_of, signer, year):
    client = client_of(signer)
    response = client.post(SIGN, entry_of(client, issued_on="2018-01-05"))
    review = Review.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{HOME}/")
    assert (review.state, review.signed_by, review.signed_for) == ("signed", signer, year.party)
    assert (review.number, review.signed_name, review.signed_as) == (
        1,
        "Nguyễn Văn An",
        "TM. BAN ĐIỀU HÀNH\nTRƯỞNG BAN",
    )
    assert PaperNumber.objects.values_list("kind", "year", "number").get() == ("BC", 2018, 1)
    seal = Seal.objects.get()
    assert (seal.date_from, seal.date_to, seal.is_open) == (YEAR.start, YEAR.end, False)


def test_review_sign_says_the_consequence(client_of, signer, year):
    page = client_of(signer).get(SIGN).content.decode()
    assert "Sau khi ký, số liệu và nội dung được giữ nguyên như hôm nay;" in page


def test_signed_page_and_json_say_so(client_of, signer, year):
    client = client_of(signer)
    client.post(SIGN, entry_of(client))
    page, said = client.get(f"{HOME}/").content.decode(), client.get(f"{HOME}.json").json()
    assert "Đã ký, số 01" in page
    assert Review.objects.get().snapshot_hash in page
    assert (said["state"], said["signed"]["number"]) == ("signed", 1)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"password": "sai"}, 422),
        ({"password": ""}, 422),
        ({"issued_on": ""}, 422),
        ({"place": ""}, 422),
        ({"capacity": "Chủ tịch"}, 422),
        ({"name": "CCCD 044090001234"}, 422),
        ({"number": "0"}, 422),
        ({"seen": ""}, 428),
        ({"seen": "0" * 64}, 409),
    ],
)
def test_review_sign_invalid_changes_nothing(client_of, signer, year, changes, status):
    client = client_of(signer)
    assert client.post(SIGN, entry_of(client) | changes).status_code == status
    assert (Seal.objects.count(), PaperNumber.objects.count(), Review.objects.filter(state="signed").count()) == (
        0,
        0,
        0,
    )


def test_review_sign_refuses_what_has_changed_since_it_was_seen(client_of, signer, year):
    client = client_of(signer)
    entry = entry_of(client)
    make_incident(cluster=year.cluster, unit=year.unit)
    response = client.post(SIGN, entry)
    assert (response.status_code, Seal.objects.count()) == (409, 0)
    assert client.post(SIGN, entry_of(client)).status_code == 302


def test_review_sign_takes_a_number_that_is_free(client_of, signer, year):
    PaperNumber.objects.create(cluster=year.cluster, kind="BC", year=2018, number=7, taken_at=PAST)
    client = client_of(signer)
    taken = client.post(SIGN, entry_of(client, issued_on="2018-01-05", number="7"))
    assert (taken.status_code, list(taken.context["form"].errors)) == (422, ["number"])
    assert client.post(SIGN, entry_of(client, issued_on="2018-01-05")).status_code == 302
    assert Review.objects.get().number == 8


def test_nobody_signs_what_they_wrote(client_of, signer, year):
    make_posting(user=signer, role="coordinator", cluster=year.cluster)
    client = client_of(signer)
    client.post(f"{HOME}/write/situation/", {"text": "Của tôi.", "version": "0"})
    make_posting(role="coordinator", cluster=year.cluster)
    client.post(f"{HOME}/write/situation/proposal/", {"version": "1"})  # taken back, it was still theirs
    assert client.post(SIGN, entry_of(client)).status_code == 403
    assert Seal.objects.count() == 0


def test_wrong_passwords_lock_as_at_the_sign_in_page(client_of, signer, year, settings):
    settings.AXES_FAILURE_LIMIT = 3
    client = client_of(signer)
    entry = entry_of(client)
    answers = [client.post(SIGN, entry | {"password": "sai"}).status_code for _ in range(4)]
    assert answers[-1] == 429
    assert client.post(SIGN, entry).status_code == 429
    assert Seal.objects.count() == 0


def test_signed_review_is_signed_once(client_of, signer, year):
    client = client_of(signer)
    entry = entry_of(client)
    review = signed(year)
    assert client.post(SIGN, entry).status_code == 409
    assert Review.objects.get().snapshot_hash == review.snapshot_hash


@pytest.mark.django_db(transaction=True)
def test_of_two_leaders_who_sign_at_once_one_does(year, signer, other_signer, tmp_path):
    review = draft(year)
    seen = digest_of(Edition.of(review))
    calls = [
        partial(sign_review, review, seen=seen, signature=signature_for(party), by=user, now=PAST)
        for user, party in ((signer, year.party), (other_signer, year.partner_party))
    ]
    refusals = (NotADraft, StaleVersion, IntegrityError)
    answers, seals = at_once(calls, refusals=refusals, then=Seal.objects.count, folder=tmp_path)
    assert sorted(answer is NotADraft for answer in answers) == [False, True]
    assert seals == 1


def test_review_countersign_by_the_other_party(client_of, other_signer, year):
    signed(year)
    client = client_of(other_signer)
    assert client.post(COUNTERSIGN, entry_of(client, COUNTERSIGN)).status_code == 302
    below = Countersignature.objects.get()
    assert (below.party, below.signed_by, below.signed_name) == (year.partner_party, other_signer, "Trần Thị Bình")
    assert "Trần Thị Bình" in client.get(f"{HOME}/").content.decode()
    assert client.post(COUNTERSIGN, {"password": PASSWORD}).status_code == 403


def test_review_countersign_not_for_the_party_that_signed(client_of, signer, year):
    signed(year)
    assert client_of(signer).get(COUNTERSIGN).status_code == 403


def test_review_countersign_not_by_who_wrote_it(client_of, other_signer, year):
    make_posting(user=other_signer, role="coordinator", cluster=year.cluster)
    client = client_of(other_signer)
    client.post(f"{HOME}/write/situation/", {"text": "Của tôi.", "version": "0"})
    signed(year)
    assert client.post(COUNTERSIGN, entry_of(client, COUNTERSIGN)).status_code == 403
    assert Countersignature.objects.count() == 0


def test_review_countersign_needs_the_password(client_of, other_signer, year):
    signed(year)
    client = client_of(other_signer)
    response = client.post(COUNTERSIGN, entry_of(client, COUNTERSIGN, password="sai"))
    assert (response.status_code, Countersignature.objects.count()) == (422, 0)


@pytest.mark.parametrize("page", ["countersign", "amend", "amend/close", "changes"])
def test_draft_has_nothing_to_countersign_or_amend(client_of, signer, year, page):
    draft(year)
    assert client_of(signer).get(f"{HOME}/{page}/").status_code == 404
