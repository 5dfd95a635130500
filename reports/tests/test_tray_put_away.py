import pytest

from cluster.models import Submission
from patrols.models import JointPatrol
from reports.tests.world import make_text


@pytest.fixture
def text(two_party_cluster, recorder):
    return make_text(two_party_cluster, by=recorder)


def address(text):
    return f"/clusters/cum-thu/tray/{text.pk}/put-away/"


def test_tray_put_away_asks_first(client_of, recorder, text):
    assert client_of(recorder).get(address(text)).status_code == 200
    assert Submission.objects.in_tray().get() == text


def test_tray_put_away_settles_and_keeps_the_text(client_of, recorder, text):
    response = client_of(recorder).post(address(text))
    kept = Submission.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/clusters/cum-thu/tray/")
    assert (kept.state, kept.settled_by, kept.body) == ("settled", recorder, text.body)
    assert not JointPatrol.objects.exists()


def test_tray_put_away_twice_names_who_was_first(client_of, recorder, coordinator, text):
    client_of(recorder).post(address(text))
    client_of(coordinator).post(address(text))
    assert Submission.objects.get().settled_by == recorder


def test_tray_put_away_sends_strangers_to_sign_in(client, text):
    assert client.post(address(text))["Location"] == f"/accounts/login/?next={address(text)}"


@pytest.mark.parametrize(
    ("persona", "status"), [("outsider", 404), ("partner_recorder", 404), ("leader", 403), ("observer", 403)]
)
def test_tray_put_away_is_not_for_others(client_of, request, text, persona, status):
    assert client_of(request.getfixturevalue(persona)).post(address(text)).status_code == status
    assert Submission.objects.in_tray().exists()


def test_tray_put_away_refuses_other_methods(client_of, recorder, text):
    assert client_of(recorder).put(address(text)).status_code == 405
