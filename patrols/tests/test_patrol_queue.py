"""The protocol between the queue of a phone and the server, with the form of a patrol (security.md 3 and 6)."""

import time
import uuid
from functools import partial

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from cluster.models import Submission
from cluster.tests.at_once import at_once, database_in_a_file
from cluster.tests.sending import body_of, hash_of, may_leave_the_queue, send
from patrols.models import JointPatrol
from patrols.tests.entries import page_of
from patrols.tests.factories import make_patrol

ADDRESS = "/clusters/cum-thu/patrols/new/"
State = Submission.State


@pytest.fixture
def phone(client_of, recorder):
    """``phone(entry, X_Header=…)``: an attempt of the recorder's phone."""
    client = client_of(recorder)
    return lambda entry, **headers: send(client, ADDRESS, entry, **headers)


def echo(entry):
    return {"client_id": entry["client_id"], "content_hash": hash_of(body_of(entry))}


# Stored


def test_queue_stores_and_echoes(phone, entry):
    response = phone(entry)
    patrol = JointPatrol.objects.get()
    assert (response.status_code, response.json()) == (
        201,
        echo(entry) | {"state": "stored", "url": patrol.get_absolute_url()},
    )


def test_queue_writes_a_receipt_without_the_text(phone, entry, recorder, two_party_cluster):
    phone(entry)
    receipt = Submission.objects.get()
    assert (receipt.state, receipt.kind, receipt.body) == (State.STORED, "patrol", "")
    assert (receipt.user, receipt.cluster) == (recorder, two_party_cluster.cluster)


def test_queue_answers_a_second_copy_the_same(phone, entry):
    first, second = phone(entry), phone(entry)
    assert (second.status_code, second.json()) == (200, first.json() | {"deleted": False})
    assert (JointPatrol.objects.count(), Submission.objects.count()) == (1, 1)


def test_queue_answers_a_second_copy_though_the_form_would_now_refuse(phone, entry, two_party_cluster):
    phone(entry)
    two_party_cluster.force.valid_to = timezone.localdate().replace(year=2000)
    two_party_cluster.force.save()
    assert phone(entry | {"client_id": str(uuid.uuid4())}).status_code == 422
    assert phone(entry).status_code == 200


def test_queue_answers_a_second_copy_though_the_record_was_edited(phone, entry):
    phone(entry)
    JointPatrol.objects.update(route="Đường ven biển", content_hash="0" * 64)
    assert (phone(entry).status_code, JointPatrol.objects.get().route) == (200, "Đường ven biển")


def test_queue_says_that_the_record_of_a_second_copy_is_deleted(phone, entry):
    phone(entry)
    JointPatrol.objects.update(deleted_at=timezone.now())
    response = phone(entry)
    assert (response.status_code, response.json()["deleted"]) == (200, True)
    assert response.json()["url"] == "/clusters/cum-thu/patrols/"


def test_queue_knows_what_the_browser_had_saved_before(client_of, recorder, entry, phone):
    client_of(recorder).post(ADDRESS, entry)
    assert phone(entry).status_code == 201
    assert (JointPatrol.objects.count(), Submission.objects.get().state) == (1, State.STORED)


def test_queue_knows_the_same_content_in_other_words(phone, entry):
    """Another hash, as of a form sent with its inputs in another order; the record is the same."""
    phone(entry)
    again = dict(reversed(entry.items()))
    assert (phone(again).status_code, JointPatrol.objects.count()) == (201, 1)
    assert Submission.objects.filter(state=State.STORED).count() == 2


def test_queue_writes_neither_record_nor_receipt_if_one_fails(client_of, recorder, entry):
    def cut(execute, sql, params, many, context):
        if "cluster_submission" in sql and sql.startswith("INSERT"):
            raise SystemError("the plug is pulled")
        return execute(sql, params, many, context)

    client = client_of(recorder)
    client.raise_request_exception = False
    with connection.execute_wrapper(cut):
        response = send(client, ADDRESS, entry)
    assert not may_leave_the_queue(response, entry)
    assert (JointPatrol.objects.count(), Submission.objects.count()) == (0, 0)


def test_unattended_text_leaves_no_word_for_the_next_page(phone, entry, client_of, recorder):
    client = client_of(recorder)
    send(client, ADDRESS, entry, X_Unattended="1")
    assert "Saved." not in client.get("/clusters/cum-thu/patrols/").content.decode()
    send(client, ADDRESS, entry | {"client_id": str(uuid.uuid4()), "date": "2017-06-03"})
    assert "Saved." in client.get("/clusters/cum-thu/patrols/").content.decode()


# The tray


def test_queue_keeps_other_content_under_a_taken_id_in_the_tray(phone, entry):
    phone(entry)
    other = entry | {"route": "Đường ven biển"}
    response = phone(other)
    kept = Submission.objects.get(state=State.IN_TRAY)
    tray = f"/clusters/cum-thu/tray/{kept.pk}/"
    assert (response.status_code, response.json()) == (409, echo(other) | {"state": "in_tray", "url": tray})
    assert (kept.body, JointPatrol.objects.get().route) == (body_of(other), "Quốc lộ 1A")


def test_queue_keeps_the_text_of_a_deleted_record_in_the_tray(client_of, recorder, entry, phone):
    client_of(recorder).post(ADDRESS, entry)
    JointPatrol.objects.update(deleted_at=timezone.now())
    assert phone(entry).json()["state"] == "in_tray"
    assert Submission.objects.get().body == body_of(entry)


def test_queue_answers_a_second_copy_of_what_is_in_the_tray(phone, entry):
    phone(entry)
    other = entry | {"route": "Đường ven biển"}
    assert phone(other).json() == phone(other).json()
    assert Submission.objects.in_tray().count() == 1


def test_queue_answers_a_second_copy_of_what_was_settled(phone, entry, recorder):
    phone(entry)
    other = entry | {"route": "Đường ven biển"}
    first = phone(other)
    Submission.objects.in_tray().update(state=State.SETTLED, settled_by=recorder, settled_at=timezone.now())
    second = phone(other)
    assert (second.status_code, second.json()) == (409, first.json())
    assert not Submission.objects.in_tray().exists()


def test_queue_tells_nothing_of_a_record_of_another_cluster(phone, entry):
    foreign = make_patrol(route="Tuyến của cụm khác")
    response = phone(entry | {"client_id": str(foreign.client_id)})
    assert (response.status_code, response.json()["state"]) == (409, "in_tray")
    assert "Tuyến của cụm khác" not in response.content.decode()


def test_queue_keeps_the_text_of_another_account_under_the_same_id(phone, entry, client_of, partner_recorder):
    phone(entry)
    theirs = entry | {"route": "Đường ven biển"}
    assert send(client_of(partner_recorder), ADDRESS, theirs).status_code == 409
    assert Submission.objects.in_tray().get().user == partner_recorder


def test_queue_writes_a_receipt_for_each_account_that_sends_the_same(phone, entry, client_of, partner_recorder):
    phone(entry)
    assert send(client_of(partner_recorder), ADDRESS, entry).status_code == 201
    assert (JointPatrol.objects.count(), Submission.objects.count()) == (1, 2)


def test_queue_takes_no_receipt_of_another_cluster_for_its_own(phone, entry, client_of, recorder, outsider):
    """The same bytes, sent where somebody else logs: neither answered as stored nor lost."""
    phone(entry)
    response = send(client_of(outsider), "/clusters/cum-khac/patrols/new/", entry)
    assert not may_leave_the_queue(response, entry) or Submission.objects.filter(user=outsider).exists()
    assert JointPatrol.objects.count() == 1


# Refused


def test_queue_opens_a_refused_text_again(phone, entry):
    wrong = entry | {"route": "", "line-0-headcount": "0"}
    response = phone(wrong)
    said = response.json()
    assert (response.status_code, said["state"], said["client_id"]) == (422, "refused", entry["client_id"])
    assert [(error["field"], error["label"]) for error in said["errors"]] == [
        ("route", "Place, route"),
        ("line-0-headcount", "Line 1"),
    ]
    assert f'value="{entry["client_id"]}"' in said["page"]
    assert not Submission.objects.exists()


def test_queue_stores_the_corrected_text_under_the_same_id(phone, entry):
    phone(entry | {"route": ""})
    assert phone(entry).status_code == 201
    assert str(JointPatrol.objects.get().client_id) == entry["client_id"]


def test_queue_asks_whoever_is_in_front(phone, entry):
    """Twenty hours are possible and unlikely."""
    long = entry | {"start": "04:00", "end": "00:00"}
    response = phone(long)
    (question,) = response.json()["errors"]
    assert (response.status_code, question["field"]) == (422, "sure")
    assert question["message"] in response.json()["page"]
    assert phone(long | {"sure": "long"}).status_code == 201


def test_queue_asks_nobody_when_nobody_is_in_front(phone, entry):
    assert phone(entry | {"start": "04:00", "end": "00:00"}, X_Unattended="1").status_code == 201


# Not for this text: no echo, so the phone keeps it


def keeps(response, status):
    assert (response.status_code, "content_hash" in response.json()) == (status, False)
    assert not JointPatrol.objects.exists()
    assert not Submission.objects.exists()


def test_queue_refuses_a_body_that_is_not_the_one_hashed(phone, entry):
    keeps(phone(entry, X_Content_Hash=hash_of("another")), 400)


def test_queue_refuses_a_body_cut_short(phone, entry):
    whole = body_of(entry)
    keeps(phone(whole[:-1], X_Content_Hash=hash_of(whole)), 400)


def test_queue_refuses_a_hash_in_capitals(phone, entry):
    keeps(phone(entry, X_Content_Hash=hash_of(body_of(entry)).upper()), 400)


@pytest.mark.parametrize("client_id", ["", "x"])
def test_queue_refuses_a_text_without_a_client_id(phone, entry, client_id):
    keeps(phone(entry | {"client_id": client_id}), 400)


@pytest.mark.parametrize("body", [b"client_id=%s&route=\xff", b"client_id=%s&route=\0"])
def test_queue_refuses_bytes_that_are_no_text(phone, entry, body):
    keeps(phone(body % entry["client_id"].encode()), 400)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded; charset=iso-8859-1", "multipart/form-data"])
def test_queue_refuses_another_way_of_writing(phone, entry, kind):
    keeps(phone(entry, Content_Type=kind), 400)


def test_queue_refuses_seven_megabytes(phone, entry):
    keeps(phone(entry | {"result": "x" * 7 * 2**20}), 413)


def test_queue_without_a_session_is_no_redirect(client, entry, two_party_cluster):
    keeps(send(client, ADDRESS, entry), 401)


def test_queue_without_a_token_is_forbidden(recorder, entry):
    client = Client(enforce_csrf_checks=True)
    client.force_login(recorder, backend="django.contrib.auth.backends.ModelBackend")
    response = send(client, ADDRESS, entry)
    keeps(response, 403)
    assert response.json() == {"state": "forbidden", "reason": "csrf"}


def test_queue_with_a_token_is_let_in(recorder, entry):
    client = Client(enforce_csrf_checks=True)
    client.force_login(recorder, backend="django.contrib.auth.backends.ModelBackend")
    token = client.get("/queue/session/").json()["csrf"]
    assert send(client, ADDRESS, entry, X_CSRFToken=token).status_code == 201


@pytest.mark.parametrize("persona", ["leader", "observer"])
def test_queue_of_a_reader_is_forbidden(client_of, request, entry, persona):
    response = send(client_of(request.getfixturevalue(persona)), ADDRESS, entry)
    keeps(response, 403)
    assert response.json() == {"state": "forbidden"}


def test_queue_of_an_outsider_finds_no_cluster(client_of, outsider, entry, two_party_cluster):
    keeps(send(client_of(outsider), ADDRESS, entry), 404)


def test_queue_of_a_withdrawn_right_finds_no_cluster(phone, entry, recorder):
    recorder.postings.update(valid_to=timezone.localdate().replace(year=2020))
    keeps(phone(entry), 404)


# The clock of the device


@pytest.mark.parametrize(
    ("minutes", "kept"), [(0, None), (9, None), (-9, None), (11, 660), (-11, -660), (60 * 24 * 365 * 200, 2**31 - 1)]
)
def test_queue_notes_a_clock_that_is_off(phone, entry, minutes, kept):
    phone(entry, X_Sent_At=str(int(time.time() * 1000) + minutes * 60_000))
    off = Submission.objects.get().clock_off
    assert off == kept or abs(off - kept) < 5


@pytest.mark.parametrize("sent_at", ["", "-5", "gestern", "9" * 17, "١٢٣"])
def test_queue_ignores_a_time_that_is_none(phone, entry, sent_at):
    assert phone(entry, X_Sent_At=sent_at).status_code == 201
    assert Submission.objects.get().clock_off is None


@pytest.mark.parametrize(("minutes", "said"), [(131, "2 h 10 min ahead"), (-61, "1 h 1 min behind")])
def test_page_of_the_record_tells_of_the_clock(phone, entry, client_of, recorder, minutes, said):
    url = phone(entry, X_Sent_At=str(int(time.time() * 1000) + minutes * 60_000 - 1000)).json()["url"]
    (notice,) = page_of(client_of(recorder).get(url)).select(".notice-warning")
    assert said in notice.get_text()


def test_page_of_a_record_tells_nothing_of_a_clock_that_is_right(phone, entry, client_of, recorder):
    url = phone(entry, X_Sent_At=str(int(time.time() * 1000))).json()["url"]
    assert not page_of(client_of(recorder).get(url)).select(".notice-warning")


# All at once


@pytest.mark.django_db(transaction=True)
def test_queue_stores_eight_copies_of_the_same_moment_once(client_of, recorder, entry, tmp_path):
    with database_in_a_file(tmp_path):
        phones = [client_of(recorder) for _ in range(8)]
        answers = at_once([partial(send, phone, ADDRESS, entry) for phone in phones])
        assert [may_leave_the_queue(answer, entry) for answer in answers] == [True] * 8
        assert {answer.json()["state"] for answer in answers} == {"stored"}
        assert (JointPatrol.objects.count(), Submission.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_queue_keeps_both_of_two_texts_of_the_same_moment(client_of, recorder, entry, tmp_path):
    texts = [entry | {"route": route} for route in ("Quốc lộ 1A", "Đường ven biển")] * 4
    with database_in_a_file(tmp_path):
        phones = [client_of(recorder) for _ in texts]
        answers = at_once([partial(send, phone, ADDRESS, text) for phone, text in zip(phones, texts, strict=True)])
        sent = zip(answers, texts, strict=True)
        assert [answer.content for answer, text in sent if not may_leave_the_queue(answer, text)] == []
        assert (JointPatrol.objects.count(), Submission.objects.in_tray().count()) == (1, 1)
