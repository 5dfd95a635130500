"""The administrator's pages: who gets in, and what none of them can do."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cluster.models import (
    AdministrativeUnit,
    Force,
    MemberUnit,
    Officer,
    PaperSettings,
    Party,
    PoliceUnit,
    Posting,
    User,
)
from cluster.official_units import load_official_units
from cluster.services import save_with_history
from cluster.tests.admin_pages import (
    address,
    assert_cannot_be_deleted,
    assert_opens_without_inline_code,
    models_with_a_page,
    soup_of,
)
from cluster.tests.factories import (
    make_administrative_unit,
    make_force,
    make_member,
    make_officer,
    make_party,
    make_posting,
    make_unit,
)
from cluster.tests.house import APPS

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")
MODELS = models_with_a_page("cluster")


@pytest.fixture
def rows(two_party_cluster, administrator):
    """A row of each model that has a page."""
    load_official_units()
    make_officer(unit=two_party_cluster.unit)
    PaperSettings.proposed_for(two_party_cluster.cluster).save()
    return {model: model._default_manager.first() for model in MODELS}


@pytest.mark.parametrize("path", [INDEX, address(Force, "changelist"), reverse("admin:autocomplete")])
def test_admin_asks_a_stranger_to_sign_in_on_our_page(client, path):
    asked = client.get(path, follow=True)
    assert asked.redirect_chain[-1] == (f"{reverse('accounts:login')}?next={path}", 302)


def test_admin_login_leads_to_the_index_by_itself(client):
    assert client.get(reverse("admin:login")).url == f"{reverse('accounts:login')}?next={INDEX}"


@pytest.mark.parametrize("persona", ["recorder", "coordinator", "leader", "observer", "outsider"])
@pytest.mark.parametrize("path", [INDEX, reverse("admin:login"), address(Force, "changelist"), address(Force, "add")])
def test_admin_forbids_every_other_role(persona, path, client_of, request):
    assert client_of(request.getfixturevalue(persona)).get(path).status_code == 403


def test_admin_forbids_other_roles_to_write(recorder, client_of):
    answer = client_of(recorder).post(address(Force, "add"), {"name": "Mới", "valid_from": "01/01/1900"})
    assert (answer.status_code, Force.objects.filter(name="Mới").count()) == (403, 0)


def test_admin_closes_with_the_posting(administrator, client_of):
    client = client_of(administrator)
    assert client.get(INDEX).status_code == 200
    Posting.objects.filter(user=administrator).update(valid_to=dt.date(2020, 1, 1))
    assert client.get(INDEX).status_code == 403


def test_admin_closes_to_an_inactive_user(administrator, client_of):
    client = client_of(administrator)
    administrator.is_active = False
    administrator.save()
    assert client.get(INDEX).status_code == 302


def test_admin_login_knows_who_is_in(administrator, client_of):
    assert client_of(administrator).get(reverse("admin:login")).url == INDEX


def test_admin_logout_ends_at_our_page(administrator, client_of):
    client = client_of(administrator)
    assert client.post(reverse("admin:logout")).url == reverse("accounts:login")
    assert client.get(INDEX).status_code == 302


def test_admin_password_change_is_ours(administrator, client_of):
    answer = client_of(administrator).get(reverse("admin:password_change"))
    assert answer.url == reverse("accounts:password_change")


def test_groups_give_no_rights_and_have_no_page():
    assert not admin.site.is_registered(Group)


@pytest.mark.parametrize("model", MODELS)
def test_every_admin_page_opens_without_inline_code(model, rows, administrator, client_of):
    assert_opens_without_inline_code(client_of(administrator), rows[model])


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_deleted_in_admin(model, rows, administrator, client_of):
    assert_cannot_be_deleted(client_of(administrator), rows[model])


@pytest.mark.parametrize("app", APPS)
def test_every_app_with_admin_pages_tests_them(app):
    tests = list(Path(settings.BASE_DIR, app, "tests").glob("test_admin*.py"))
    assert tests or not models_with_a_page(app)


MAKERS: dict[type[Model], Callable[[], Model]] = {
    AdministrativeUnit: lambda: make_administrative_unit(parent=make_administrative_unit()),
    Officer: make_officer,
    Party: lambda: make_party(administrative_unit=make_administrative_unit()),
    PoliceUnit: lambda: make_member(party=make_party()),
    MemberUnit: lambda: make_member(party=make_party()),
    Posting: lambda: make_posting(role="recorder", unit=make_unit()),
    User: lambda: make_posting(role="leader", party=make_party()),
}


@pytest.mark.parametrize("model", MAKERS)
def test_admin_list_asks_as_often_for_thirty_rows_as_for_one(
    model, administrator, client_of, django_assert_num_queries
):
    client = client_of(administrator)
    MAKERS[model]()
    with CaptureQueriesContext(connection) as for_one:
        client.get(address(model, "changelist"))
    for _ in range(30):
        MAKERS[model]()
    with django_assert_num_queries(len(for_one)):
        client.get(address(model, "changelist"))


def test_admin_puts_no_old_version_back(administrator, client_of):
    """simple_history's page for that would write past every check."""
    force = make_force()
    path = f"{address(Force, 'history', force.pk)}{force.history.get().pk}/"
    assert client_of(administrator).get(path, follow=True).redirect_chain[-1] == (INDEX, 302)


def test_admin_history_tells_who_changed_what(administrator, client_of):
    force = make_force(name="Dân quân")
    force.name = "Dân quân tự vệ"
    save_with_history(force, by=administrator)
    page = soup_of(client_of(administrator).get(address(Force, "history", force.pk)))
    newest = [cell.get_text(" ", strip=True) for cell in page.select("tbody tr")[0].select("td")]
    assert newest[2] == "administrator"
    assert newest[4].endswith("Dân quân → Dân quân tự vệ")


def test_admin_calendar_speaks_vietnamese(administrator, client_of):
    words = client_of(administrator).get(reverse("admin:jsi18n")).content.decode()
    assert '"%d/%m/%Y"' in words
