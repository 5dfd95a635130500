"""The mails about lines: to whom, once each, with no more than they may say, and never in the way of the work."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import transaction
from django.utils import timezone

from cluster.models import Notice, User
from cluster.tests.factories import make_force, make_posting, make_unit, make_user
from patrols.models import Contingent, JointPatrol
from patrols.services import PatrolData, import_patrols
from patrols.services.notices import tell_author
from patrols.services.patrol import LineData
from patrols.tests.entries import line_entry, patrol_entry
from patrols.tests.lines import path_of, stored

NEW = "/clusters/cum-thu/patrols/new/"
CORRECTION = {"version": "1", "headcount": "4", "names": "", "reason": "Một người ốm"}


@pytest.fixture(autouse=True)
def with_addresses(recorder, partner_recorder):
    for user in (recorder, partner_recorder):
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.org")


def sent():
    return [(message.to, message.subject, message.body) for message in mail.outbox]


@pytest.fixture
def post(client_of, django_capture_on_commit_callbacks):
    def posted(user, path, data):
        with django_capture_on_commit_callbacks(execute=True):
            return client_of(user).post(path, data, SERVER_NAME="localhost")

    return posted


@pytest.fixture
def mail_on(settings):
    settings.EMAIL_URL, settings.DEFAULT_FROM_EMAIL = "smtp://mail.example.org", "lien-hoan@example.org"


def test_without_a_server_the_page_alone_tells(post, recorder, partner_recorder, entry):
    assert post(recorder, NEW, entry).status_code == 302
    assert (sent(), [notice.recipient for notice in Notice.objects.all()]) == ([], [partner_recorder])


def test_a_unit_is_told_once_of_all_its_lines(mail_on, post, recorder, entry, two_party_cluster):
    world = two_party_cluster
    entry |= line_entry(2, unit=world.partner_unit, force=make_force(), headcount=4)
    post(recorder, NEW, entry)
    patrol = JointPatrol.objects.get()
    assert sent() == [
        (
            ["partner-recorder@example.org"],
            "Chờ đơn vị xác nhận: 01/06/2017 · Quốc lộ 1A",
            "Ca tuần tra 01/06/2017 · Quốc lộ 1A\n"
            f"{world.partner_unit}: 7 người.\n"
            "Đề nghị đơn vị xác nhận, đính chính hoặc từ chối.\n\n"
            f"http://localhost{patrol.get_absolute_url()}\n\n"
            "Mở liên kết này chưa làm thay đổi điều gì.",
        )
    ]
    assert mail.outbox[0].from_email == "lien-hoan@example.org"


def test_a_second_copy_of_the_form_sends_no_second_mail(mail_on, post, recorder, entry):
    for _ in range(2):
        post(recorder, NEW, entry)
    assert len(sent()) == 1


def test_a_unit_is_told_of_a_line_added_later_and_not_again_of_the_others(
    mail_on, post, recorder, patrol_of_both, two_party_cluster
):
    world = two_party_cluster
    own, partner = patrol_of_both.contingents.all()
    lines = [line_entry(n, unit=line.unit, force=line.force, headcount=5) for n, line in enumerate((own, partner))]
    edit = patrol_entry(*lines, lead=world.unit, version="1")
    address = f"{patrol_of_both.get_absolute_url()}edit/"
    assert post(recorder, address, edit | {"route": "Đường khác"}).status_code == 302
    assert sent() == []
    added = line_entry(2, unit=world.partner_unit, force=make_force(), headcount=2)
    post(recorder, address, edit | added | {"version": "2"})
    assert [(to, text.splitlines()[1]) for to, _subject, text in sent()] == [
        (["partner-recorder@example.org"], f"{world.partner_unit}: 2 người.")
    ]


@pytest.mark.parametrize(
    "change",
    [{"user": {"is_active": False}}, {"user": {"email": ""}}, {"posting": {"valid_to": dt.date(2020, 1, 1)}}],
)
def test_nobody_is_told_who_may_not_look(mail_on, post, recorder, partner_recorder, entry, change):
    User.objects.filter(pk=partner_recorder.pk).update(**change.get("user", {"search": ""}))
    partner_recorder.postings.update(**change.get("posting", {"valid_from": dt.date(2010, 1, 1)}))
    post(recorder, NEW, entry)
    assert sent() == []


def test_a_unit_outside_the_cluster_is_not_told(mail_on, post, recorder, two_party_cluster, entry):
    stranger = make_unit(name="Công an xã Lạ")
    make_posting(role="recorder", unit=stranger, user=make_user(email="la@example.org"))
    entry |= line_entry(2, other="Công an xã Lạ", force=two_party_cluster.force)
    assert post(recorder, NEW, entry | {"sure": f"outsider-{stranger.pk}"}).status_code == 302
    assert stranger.contingents.exists()
    assert [to for to, _subject, _text in sent()] == [["partner-recorder@example.org"]]


def test_a_correction_by_joining_the_record_is_told_to_its_author(
    mail_on, post, partner_recorder, patrol_of_both, two_party_cluster
):
    world = two_party_cluster
    line = line_entry(0, unit=world.partner_unit, force=world.force, headcount=9)
    entry = patrol_entry(line, lead=world.partner_unit) | {"join": str(patrol_of_both.client_id)}
    assert post(partner_recorder, NEW, entry).status_code == 302
    told = [(to, text.splitlines()[1]) for to, _subject, text in sent()]
    assert told == [(["recorder@example.org"], f"{world.partner_unit} đã đính chính: trước 5 người, nay 9 người.")]


def test_a_correction_by_the_coordinator_is_told_to_the_author(
    mail_on, post, coordinator, patrol_of_both, two_party_cluster
):
    world = two_party_cluster
    patrol_of_both.contingents.filter(unit=world.partner_unit).update(state="confirmed")
    own, partner = patrol_of_both.contingents.all()
    lines = [
        line_entry(n, unit=line.unit, force=line.force, headcount=number)
        for n, (line, number) in enumerate(((own, 5), (partner, 7)))
    ]
    edit = patrol_entry(*lines, lead=world.unit, version="1") | {"reason": "Theo biên bản đã ký"}
    assert post(coordinator, f"{patrol_of_both.get_absolute_url()}edit/", edit).status_code == 302
    assert {tuple(to) for to, _subject, _text in sent()} == {("recorder@example.org",)}


def test_an_import_tells_nobody(mail_on, two_party_cluster, coordinator, django_capture_on_commit_callbacks):
    world, now = two_party_cluster, timezone.now()
    line = LineData(unit=world.partner_unit, force=world.force, headcount=3)
    patrols = [PatrolData(route="Tuyến", lead_unit=world.unit, starts_at=now, lines=(line,)) for _ in range(5)]
    with django_capture_on_commit_callbacks(execute=True):
        import_patrols(cluster=world.cluster, patrols=patrols, added_lines={}, by=coordinator, now=now)
    assert (Contingent.objects.waiting().count(), sent()) == (5, [])


@pytest.mark.parametrize(
    ("verb", "data", "subject", "said"),
    [
        ("correct", CORRECTION, "Đã đính chính: 01/06/2017 · Quốc lộ 1A", "đã đính chính: trước 5 người, nay 4 người."),
        ("refuse", CORRECTION, "Đã từ chối: 01/06/2017 · Quốc lộ 1A", "đã từ chối dòng 5 người."),
    ],
)
def test_the_author_is_told_of_what_the_unit_says(
    mail_on, post, partner_recorder, waiting_line, verb, data, subject, said
):
    for _ in range(2):
        post(partner_recorder, path_of(waiting_line, verb), data)
    ((to, told, text),) = sent()
    assert (to, told) == (["recorder@example.org"], subject)
    assert text.splitlines()[1:3] == [f"{waiting_line.unit} {said}", "Lý do: Một người ốm"]


def test_the_author_is_not_told_of_a_confirmation(mail_on, post, partner_recorder, waiting_line):
    post(partner_recorder, path_of(waiting_line, "confirm"), {"version": "1"})
    assert (stored(waiting_line).state, sent()) == ("confirmed", [])


def test_a_coordinator_who_logged_for_no_unit_is_the_author(mail_on, post, partner_recorder, coordinator, waiting_line):
    User.objects.filter(pk=coordinator.pk).update(email="coordinator@example.org")
    JointPatrol.objects.update(recorded_unit=None, recorded_by=coordinator)
    post(partner_recorder, path_of(waiting_line, "correct"), CORRECTION)
    assert [to for to, _subject, _text in sent()] == [["coordinator@example.org"]]


class Unreachable(locmem.EmailBackend):
    """A mail server that is down."""

    error: Exception = OSError("Connection refused")

    def send_messages(self, messages):
        raise self.error


@pytest.mark.parametrize("error", [OSError("Connection refused"), smtplib.SMTPServerDisconnected("gone")])
def test_a_failing_mail_server_fails_nothing(mail_on, settings, post, recorder, entry, caplog, monkeypatch, error):
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    monkeypatch.setattr(Unreachable, "error", error)
    assert post(recorder, NEW, entry).status_code == 302
    (line,) = [record.getMessage() for record in caplog.records if record.name == "cluster.mail"]
    assert line == f"1 mails were not sent: {error}. Nothing else is lost. Check EMAIL_URL and the mail server."


def test_nothing_is_told_of_what_was_never_written(mail_on, django_capture_on_commit_callbacks, waiting_line):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        line = Contingent.objects.get(pk=waiting_line.pk)
        line.state, line.reason = "refused", "Trùng lịch trực"
        tell_author(line, by=None, now=timezone.now())
        assert Notice.objects.count() == 1
        transaction.set_rollback(True)
    assert (sent(), Notice.objects.count()) == ([], 0)


def test_a_subject_stays_one_line(mail_on, post, recorder, entry):
    post(recorder, NEW, entry | {"route": "Quốc lộ 1A\r\nBcc: ai@example.org"})
    assert sent()[0][1] == "Chờ đơn vị xác nhận: 01/06/2017 · Quốc lộ 1A Bcc: ai@example.org"
