"""The daily command: deadlines are told once, a person gets one mail of what is new, and old notices go."""

import datetime as dt
import smtplib
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.core.management import call_command
from django.utils import timezone

from cluster.models import Notice, NoticeChoice, User
from cluster.tests.briefing_factories import make_briefing, make_conclusion
from cluster.tests.factories import make_notice
from patrols.tests.factories import make_patrol
from reports.tests.conference_factories import make_task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mail_on(settings, recorder):
    settings.EMAIL_URL, settings.DEFAULT_FROM_EMAIL = "smtp://mail.example.org", "lien-hoan@example.org"
    settings.SITE_URL = "https://lienhoan.example.org"
    User.objects.filter(pk=recorder.pk).update(email="recorder@example.org")


def digest():
    call_command("send_digest")
    mails, mail.outbox = mail.outbox, []
    return mails


def choose(user, delivery, kind="line_waits"):
    NoticeChoice.objects.create(user=user, kind=kind, delivery=delivery)


def overdue(world, **fields):
    start = timezone.now() - dt.timedelta(days=2)
    return make_patrol(
        cluster=world.cluster, starts_at=None, planned_start=start, status="scheduled", lead_unit=world.unit, **fields
    )


def test_digest_is_one_mail_of_all_that_is_new(two_party_cluster, recorder):
    for _ in range(2):
        make_notice(recipient=recorder, cluster=two_party_cluster.cluster)
    (letter,) = digest()
    assert (letter.to, letter.subject) == (["recorder@example.org"], "2 thông báo từ Liên Hoàn")
    assert letter.body.count("https://lienhoan.example.org/clusters/cum-thu/") == 2
    assert letter.body.count("Công an xã An: 4 người.") == 2
    assert digest() == []


def test_digest_speaks_the_language_of_its_reader(two_party_cluster, recorder):
    User.objects.filter(pk=recorder.pk).update(language="en")
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster)
    (letter,) = digest()
    assert letter.subject.startswith("Waiting for the unit: ")
    assert "Công an xã An: 4 people." in letter.body


@pytest.mark.parametrize(
    "change",
    [
        {"read_at": timezone.now()},
        {"mailed_at": timezone.now()},
        {"created_at": timezone.now() - dt.timedelta(days=8)},
        {"kind": "of-old"},
    ],
)
def test_digest_leaves_out_what_is_no_news(two_party_cluster, recorder, change):
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster, **change)
    assert digest() == []


def test_digest_leaves_out_what_nobody_asked_for_and_what_is_out_of_sight(two_party_cluster, recorder):
    make_notice(recipient=recorder)
    choose(recorder, "none")
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster)
    assert digest() == []
    NoticeChoice.objects.update(delivery="daily")
    (letter,) = digest()
    assert letter.body.count("https://lienhoan.example.org/clusters/") == 1


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_digest_reaches_nobody_who_cannot_read_it(two_party_cluster, recorder, change):
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster)
    User.objects.filter(pk=recorder.pk).update(**change)
    assert digest() == []


class Unreachable(locmem.EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("gone")


def test_what_a_failing_server_took_back_comes_the_next_day(two_party_cluster, recorder, settings):
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster)
    well = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    assert digest() == []
    settings.EMAIL_BACKEND = well
    assert len(digest()) == 1


def test_a_plan_without_a_word_is_told_to_its_lead_unit_once(two_party_cluster, recorder, partner_recorder):
    plan = overdue(two_party_cluster)
    (letter,) = digest()
    assert letter.subject == f"Đến hạn: {plan}"
    assert f"https://lienhoan.example.org{plan.get_absolute_url()}" in letter.body
    assert digest() == []
    assert [notice.recipient for notice in Notice.objects.all()] == [recorder]


def test_a_plan_that_was_given_up_or_deleted_is_no_deadline(two_party_cluster, recorder):
    overdue(two_party_cluster, deleted_at=timezone.now())
    plan = overdue(two_party_cluster)
    type(plan).objects.filter(pk=plan.pk).update(status="cancelled", status_reason="Mưa lớn")
    assert digest() == []


def test_old_notices_go(two_party_cluster, recorder):
    now = timezone.now()
    make_notice(recipient=recorder, created_at=now - dt.timedelta(days=401))
    make_notice(recipient=recorder, created_at=now - dt.timedelta(days=181), read_at=now - dt.timedelta(days=180))
    kept = {
        make_notice(recipient=recorder, created_at=now - dt.timedelta(days=399)),
        make_notice(recipient=recorder, created_at=now - dt.timedelta(days=100), read_at=now),
    }
    digest()
    assert set(Notice.objects.all()) == kept


def test_what_is_due_is_told_to_who_answers_for_it(two_party_cluster, recorder, partner_recorder, coordinator):
    world, tomorrow = two_party_cluster, timezone.localdate() + dt.timedelta(days=1)
    briefing = make_briefing(cluster=world.cluster, host_unit=world.unit)
    make_conclusion(briefing=briefing, due_on=tomorrow, owner_unit=world.unit, text="Rà soát tuyến")
    make_conclusion(briefing=briefing, due_on=tomorrow, text="Họp cụm")
    make_conclusion(briefing=briefing, due_on=tomorrow + dt.timedelta(days=8), text="Còn lâu")
    make_task(cluster=world.cluster, date_from=tomorrow, date_to=tomorrow, content="Ra quân")
    planned = {"cycle": "extra", "number": 0, "year": tomorrow.year, "held_on": None, "planned_on": tomorrow}
    meeting = make_briefing(cluster=world.cluster, host_unit=world.partner_unit, **planned)
    for _ in range(2):
        digest()
    told = {(notice.recipient, notice.params["what"]) for notice in Notice.objects.all()}
    assert told == {
        (recorder, "Rà soát tuyến"),
        (coordinator, "Họp cụm"),
        (coordinator, "Ra quân"),
        (partner_recorder, str(meeting)),
    }
    assert Notice.objects.count() == 4


# A run that only says what it would do


def rehearsal():
    said = StringIO()
    call_command("send_digest", "--dry-run", stdout=said)
    assert mail.outbox == []
    return said.getvalue()


def test_dry_run_prints_who_would_get_what_and_changes_nothing(two_party_cluster, recorder):
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster)
    overdue(two_party_cluster)
    before = list(Notice.objects.values())
    said = rehearsal()
    assert ("To: recorder@example.org" in said, "Hạn: " in said, "Công an xã An: 4 người." in said) == (True,) * 3
    assert list(Notice.objects.values()) == before
    assert "2 thông báo" in digest()[0].subject


def test_dry_run_parts_what_goes_at_once_from_the_digest(two_party_cluster, recorder):
    choose(recorder, "at_once", kind="deadline")
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster)
    overdue(two_party_cluster)
    assert rehearsal().count("To: recorder@example.org") == 2


def test_dry_run_keeps_notices_that_are_outlived(two_party_cluster, recorder):
    long_ago = timezone.now() - dt.timedelta(days=4000)
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster, created_at=long_ago, read_at=long_ago)
    rehearsal()
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("option", [(), ("--dry-run",)])
@pytest.mark.parametrize(
    ("url", "backend", "sentence"),
    [
        ("", "django.core.mail.backends.smtp.EmailBackend", "EMAIL_URL is empty"),
        ("consolemail://", "django.core.mail.backends.console.EmailBackend", "reach nobody"),
    ],
)
def test_digest_that_reaches_nobody_says_so(url, backend, sentence, option, settings, two_party_cluster, recorder):
    settings.EMAIL_URL, settings.EMAIL_BACKEND = url, backend
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster)
    said = StringIO()
    call_command("send_digest", *option, stderr=said, stdout=StringIO())
    assert sentence in said.getvalue()
