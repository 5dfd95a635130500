"""The frame of every page: menu, notices, messages, language."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from cluster.tests.factories import make_posting

PASSWORD_PAGE = reverse("accounts:password_change")


def soup(client, address=PASSWORD_PAGE):
    return BeautifulSoup(client.get(address).content, "html.parser")


def menu(client, address=PASSWORD_PAGE):
    return [link["href"] for link in soup(client, address).select(".nav a")]


@pytest.mark.parametrize(
    ("persona", "addresses"),
    [
        ("recorder", ["patrols/", "schedule/", "incidents/", "life/", "review/", "patrols/new/"]),
        ("leader", ["patrols/", "schedule/", "incidents/", "life/", "review/"]),
        ("observer", ["review/"]),
    ],
)
def test_menu_offers_what_the_role_may_open(persona, addresses, two_party_cluster, client_of, request):
    home = "/clusters/cum-thu/"
    found = menu(client_of(request.getfixturevalue(persona)), home)
    assert found == ["/", home, *(home + address for address in addresses)]


def test_menu_of_the_only_cluster_is_at_hand_on_pages_outside_it(recorder, client_of):
    assert "/clusters/cum-thu/patrols/" in menu(client_of(recorder))


def test_menu_of_a_user_of_two_clusters_waits_for_a_choice(outsider, two_party_cluster, client_of):
    make_posting(user=outsider, role="coordinator", cluster=two_party_cluster.cluster)
    page = soup(client_of(outsider))
    assert [link["href"] for link in page.select(".nav a")] == ["/"]
    assert [link.text for link in page.select(".here-list a")] == ["Cụm khác", "Cụm thử"]


def test_menu_leads_administrators_to_the_administration(administrator, client_of):
    assert menu(client_of(administrator)) == ["/", "/admin/"]


def test_menu_marks_the_open_page(recorder, client_of):
    page = soup(client_of(recorder), "/clusters/cum-thu/")
    assert [link["href"] for link in page.select(".nav [aria-current]")] == ["/clusters/cum-thu/"]


def test_notice_of_the_cluster_stands_on_its_pages(two_party_cluster, recorder, client_of):
    two_party_cluster.cluster.notice = "Số liệu mẫu"
    two_party_cluster.cluster.save()
    page = soup(client_of(recorder), "/clusters/cum-thu/")
    assert page.select_one(".cluster-notice").text.strip() == "Số liệu mẫu"


@pytest.mark.django_db
@pytest.mark.parametrize(("password", "banners"), [("a-demo-password", 1), ("", 0)])
def test_banner_tells_a_demo(settings, password, banners):
    settings.DEMO_PASSWORD = password
    assert len(soup(Client(), reverse("accounts:login")).select(".demo-banner")) == banners


def test_user_text_is_never_markup(two_party_cluster, coordinator, client_of):
    two_party_cluster.cluster.notice = "<script>alert(1)</script>"
    two_party_cluster.cluster.save()
    assert "<script>alert" not in client_of(coordinator).get("/clusters/cum-thu/").content.decode()
