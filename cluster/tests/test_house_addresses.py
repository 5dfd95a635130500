"""Deny by default (security.md 11), and one name in four places (style.md)."""

from collections import Counter

import pytest
from django.contrib import admin

from cluster.access import Right
from cluster.admin_site import ClusterAdminSite
from cluster.tests.addresses import Address, addresses, own_addresses
from cluster.tests.house import tracked

# Whoever adds to this list opens a page to the whole world.
PUBLIC = {
    *("healthz", "accounts:login", "accounts:logout", "accounts:language"),
    # The same for all, by tests of their own: a phone keeps them for whoever uses it next.
    *("service_worker", "web_manifest", "offline"),
    # By its secret: programs that read calendars do not sign in.
    "reports:calendar_ics",
}

# Whose pages are the views of every register.
NOUNS = {address.name.rpartition("_")[0] for address in own_addresses() if address.view.__name__ == "register_list"}

# What renders no page of its own name, and why.
WITHOUT_TEMPLATE = {
    "reports:review_compare": "back to the page of all sections",
    "reports:section_reset": "back to the page of all sections",
    "reports:return_settle": "back to the page of all sections",
    "healthz": "plain text",
    "briefing_docx": "a Word file",
    "briefing_pdf": "a PDF file",
    "queue_session": "JSON",
    "reports:filter_delete": "leads back home",
    "document_file": "a picture or a PDF file",
    "notice_open": "leads to what the notice is about",
    "notice_read_all": "leads back to the list",
    "service_worker": "a script",
    "web_manifest": "JSON",
    "reports:calendar_ics": "a calendar",
    "patrols:calendar_revoke": "leads back to the page of the address",
    "incidents:declare_none": "leads back home",
    "reports:campaign_result_docx": "a Word file",
    "reports:campaign_result_pdf": "a PDF file",
    "patrols:patrol_docx": "a Word file",
    "patrols:patrol_month": "a workbook",
    "patrols:patrol_pdf": "a PDF file",
    "patrols:photograph_file": "a picture or a PDF file",
    "patrols:twin_link": "the list of twins answers",
    "patrols:twin_part": "the list of twins answers",
    "patrols:twin_unlink": "leads back to the list of twins",
    "patrols:parting_take_back": "leads back to the list of twins",
    **{f"{noun}_workbook": "a workbook" for noun in NOUNS},
    **{address.name: "a workbook" for address in own_addresses() if address.view.__name__ == "register_template"},
    "reports:review_index": "leads to the latest review",
    "reports:review_json": "JSON",
    "reports:conference_docx": "a Word file",
    "reports:conference_pdf": "a PDF file",
    "reports:review_docx": "a Word file",
    "reports:review_pdf": "a PDF file",
    "reports:review_xlsx": "a workbook",
    "reports:workbook_template": "a workbook",
}
# Views that are told by the test file of another.
TESTED_WITH = {
    "reports:section_write": "review_write",
    "reports:section_reset": "review_write",
    "reports:review_compare": "review_write",
    "reports:return_settle": "review_return",
    "reports:review_countersign": "review_sign",
    "reports:amendment_close": "review_amend",
    "reports:review_changes": "review_amend",
    "reports:campaign_result_docx": "campaign_result",
    "reports:campaign_result_pdf": "campaign_result",
    "notice_open": "notice_list",
    "reports:filter_delete": "filter_new",
    "notice_read_all": "notice_list",
    "briefing_pdf": "briefing_docx",
    "patrols:calendar_revoke": "calendar_feed",
    "reports:review_json": "review",
}
# The pages of Django's own views, which we only frame.
FRAMED = [address for address in own_addresses() if address.name.startswith("accounts:")]
OURS = [address for address in own_addresses() if address not in FRAMED]


def app_of(address: Address) -> str:
    return address.name.partition(":")[0] if ":" in address.name else "cluster"


def view_name(address: Address) -> str:
    """The pages of all registers are views of one name: ``register_new`` is ``exchange_new``."""
    noun, _, page = address.name.rpartition("_")
    is_shared = noun in NOUNS and address.view.__name__.startswith("register_")
    return f"register_{page}" if is_shared else address.name.rpartition(":")[2]


def test_every_view_decides_who_may_open_it():
    undecided = [address.name for address in own_addresses() if not hasattr(address.view, "access_decision")]
    assert undecided == []


def test_decisions_are_those_of_access():
    decisions = {getattr(address.view, "access_decision", None) for address in own_addresses()}
    assert decisions <= {"public", "signed in", *Right}


def test_public_addresses_stand_on_the_list():
    public = {address.name for address in own_addresses() if getattr(address.view, "access_decision", "") == "public"}
    assert public == PUBLIC


def test_addresses_of_a_cluster_ask_for_a_right_in_it():
    """The slug is what the decision reads, so an address with one takes no weaker decision, and none without does."""
    for address in own_addresses():
        in_cluster = isinstance(getattr(address.view, "access_decision", None), Right)
        assert in_cluster == address.pattern.removeprefix("^").startswith("clusters/"), address.name


def test_admin_lets_in_whom_our_site_lets_in():
    assert type(admin.site._wrapped) is ClusterAdminSite  # type: ignore[attr-defined]
    assert "has_permission" in vars(ClusterAdminSite)
    sites = {getattr(address.view, "admin_site", admin.site) for address in addresses() if address.is_admin}
    assert sites == {admin.site}


def test_names_are_given_once():
    counted = Counter(address.name for address in own_addresses())
    assert [name for name, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.name)
def test_address_and_view_bear_one_name(address):
    assert address.view.__name__ == view_name(address)
    assert address.view.__module__.startswith(f"{app_of(address)}.views")


def test_pages_bear_the_name_of_their_view():
    without = {
        address.name for address in OURS if f"templates/{app_of(address)}/{view_name(address)}.html" not in tracked()
    }
    assert without == set(WITHOUT_TEMPLATE)


def test_test_files_bear_the_name_of_their_view():
    untold = [
        address.name
        for address in OURS
        if f"{app_of(address)}/tests/test_{TESTED_WITH.get(address.name, view_name(address))}.py" not in tracked()
    ]
    assert untold == []
    assert set(TESTED_WITH) <= {address.name for address in OURS}
