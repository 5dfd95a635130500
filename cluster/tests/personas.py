"""Fixtures for the people of the stories, each made only when a test asks for it.

pyproject.toml loads them for all apps (`-p cluster.tests.personas`) before Django is ready: no models at
the top.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from cluster.models import User
    from cluster.tests.factories import TwoPartyCluster


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what asks the database: the rest runs once, for on the other database it could not go otherwise."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "django_db_setup"}:
            item.add_marker("database")


def _posted(username: str, role: str, **place: Any) -> User:
    from cluster.tests.factories import make_posting, make_user

    return make_posting(user=make_user(username=username), role=role, **place).user


@pytest.fixture(scope="session", autouse=True)
def files_aside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test writes among the files of a developer's own cluster."""
    from django.test import override_settings

    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        yield


@pytest.fixture(autouse=True)
def static_files_unlisted(request: pytest.FixtureRequest) -> Iterator[None]:
    """Each new client would list all static files anew, which takes longer than most requests; a browser needs them."""
    from django.test import override_settings

    if request.node.get_closest_marker("browser") or request.node.get_closest_marker("alone"):
        yield
        return
    with override_settings(WHITENOISE_AUTOREFRESH=True):
        yield


@pytest.fixture
def two_party_cluster(db: None) -> TwoPartyCluster:
    """The cluster in which the personas below, but for the outsider, are posted."""
    from cluster.tests.factories import make_two_party_cluster

    return make_two_party_cluster(slug="cum-thu", name="Cụm thử")


@pytest.fixture
def recorder(two_party_cluster: TwoPartyCluster) -> User:
    return _posted("recorder", "recorder", unit=two_party_cluster.unit)


@pytest.fixture
def partner_recorder(two_party_cluster: TwoPartyCluster) -> User:
    return _posted("partner-recorder", "recorder", unit=two_party_cluster.partner_unit)


@pytest.fixture
def coordinator(two_party_cluster: TwoPartyCluster) -> User:
    return _posted("coordinator", "coordinator", cluster=two_party_cluster.cluster)


@pytest.fixture
def leader(two_party_cluster: TwoPartyCluster) -> User:
    return _posted("leader", "leader", party=two_party_cluster.party)


@pytest.fixture
def partner_leader(two_party_cluster: TwoPartyCluster) -> User:
    return _posted("partner-leader", "leader", party=two_party_cluster.partner_party)


@pytest.fixture
def observer(db: None) -> User:
    """Of the whole country."""
    return _posted("observer", "observer")


@pytest.fixture
def administrator(db: None) -> User:
    return _posted("administrator", "administrator")


@pytest.fixture
def outsider(db: None) -> User:
    """A recorder like any other, in another cluster: a stronger test than somebody without any right."""
    from cluster.tests.factories import make_two_party_cluster

    elsewhere = make_two_party_cluster(slug="cum-khac", name="Cụm khác")
    return _posted("outsider", "recorder", unit=elsewhere.unit)


@pytest.fixture
def client_of(db: None) -> Callable[[User], Client]:
    """``client_of(user)``: a browser in which the user has signed in."""
    from django.test import Client

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
