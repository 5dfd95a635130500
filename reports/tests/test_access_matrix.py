"""Who may open what, for every address there is (security.md 12 and 13): an address without a row fails."""

import datetime as dt
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pytest
from django.utils import timezone

from cluster.models import User
from cluster.tests.addresses import own_addresses
from cluster.tests.factories import make_posting
from reports.tests.world import ROLES

# GET and POST: what whoever may is answered, to a POST of an empty form. Then what happens to each of ROLES:
#   yes    the answer of the method           login  led to the sign-in page
#   own    the same for records of the own    404    does not see the cluster
#          unit; the partner's are a 403      403    sees it, and may not do this
#   mine   the user's; others' are a 404
# A script is answered 401 in place of being led to the sign-in page.
# What is deleted or stands in another cluster is a 404 to whoever gets as far as asking for it. A 4xx is a 422 or, to
# whom no reason is asked, a 428.
TABLE = """
                           GET POST anonym. outsider observer recorder partner leader coordinator administrator
healthz                    200  405   yes     yes      yes      yes      yes    yes     yes         yes
service_worker             200  405   yes     yes      yes      yes      yes     yes    yes         yes
web_manifest               200  405   yes     yes      yes      yes      yes     yes    yes         yes
offline                    200  405   yes     yes      yes      yes      yes     yes    yes         yes
queue_session              200  405   401     yes      yes      yes      yes     yes    yes         yes
accounts:login             200  200   yes     302      302      302      302    302     302         302
accounts:logout            405  302   yes     yes      yes      yes      yes    yes     yes         yes
accounts:language          405  302   yes     yes      yes      yes      yes    yes     yes         yes
accounts:password_change   200  200   login   yes      yes      yes      yes    yes     yes         yes
accounts:password_changed  200  405   login   yes      yes      yes      yes    yes     yes         yes
accounts:preferences       200  422   login   yes      yes      yes      yes    yes     yes         yes
notice_list                200  405   login   yes      yes      yes      yes    yes     yes         yes
notice_open                405  302   login   mine     mine     mine     mine   mine    mine        mine
notice_read_all            405  302   login   yes      yes      yes      yes    yes     yes         yes
cluster_detail             200  405   login   404      yes      yes      yes    yes     yes         404
paper_settings             200  422   login   404      403      403      403    403     yes         404
workplan_list              200  405   login   404      403      yes      yes    yes     yes         404
workplan_workbook          200  405   login   404      403      yes      yes    yes     yes         404
workplan_new               200  422   login   404      403      403      403    403     yes         404
workplan_detail            200  405   login   404      403      yes      yes    yes     yes         404
workplan_edit              200  422   login   404      403      403      403    403     yes         404
workplan_delete            200  422   login   404      403      403      403    403     yes         404
reports:campaign_result    200  405   login   404      403      yes      yes    yes     yes         404
reports:campaign_result_docx 200 405  login   404      403      yes      yes    yes     yes         404
reports:campaign_result_pdf 200 405   login   404      403      yes      yes    yes     yes         404
reports:agenda             200  405   login   404      403      yes      yes    yes     yes         404
reports:workplan_targets   200  422   login   404      403      403      403    403     yes         404
seat_list                  200  405   login   404      403      yes      yes    yes     yes         404
seat_workbook              200  405   login   404      403      yes      yes    yes     yes         404
seat_new                   200  422   login   404      403      403      403    403     yes         404
seat_import                200  422   login   404      403      403      403    403     yes         404
seat_preview               302  302   login   404      403      403      403    403     yes         404
seat_template              200  405   login   404      403      403      403    403     yes         404
seat_detail                200  405   login   404      403      yes      yes    yes     yes         404
seat_edit                  200  422   login   404      403      403      403    403     yes         404
seat_delete                200  422   login   404      403      403      403    403     yes         404
term_list                  200  405   login   404      403      yes      yes    yes     yes         404
term_workbook              200  405   login   404      403      yes      yes    yes     yes         404
term_new                   200  422   login   404      403      403      403    403     yes         404
term_detail                200  405   login   404      403      yes      yes    yes     yes         404
term_edit                  200  422   login   404      403      403      403    403     yes         404
term_delete                200  422   login   404      403      403      403    403     yes         404
participant_list           200  405   login   404      403      yes      yes    yes     yes         404
participant_workbook       200  405   login   404      403      yes      yes    yes     yes         404
participant_new            200  422   login   404      403      403      403    403     yes         404
participant_import         200  422   login   404      403      403      403    403     yes         404
participant_preview        302  302   login   404      403      403      403    403     yes         404
participant_template       200  405   login   404      403      403      403    403     yes         404
participant_detail         200  405   login   404      403      yes      yes    yes     yes         404
participant_edit           200  422   login   404      403      403      403    403     yes         404
participant_delete         200  422   login   404      403      403      403    403     yes         404
document_list              200  405   login   404      403      yes      yes    yes     yes         404
document_workbook          200  405   login   404      403      yes      yes    yes     yes         404
document_new               200  422   login   404      403      403      403    403     yes         404
document_import            200  422   login   404      403      403      403    403     yes         404
document_preview           302  302   login   404      403      403      403    403     yes         404
document_template          200  405   login   404      403      403      403    403     yes         404
document_detail            200  405   login   404      403      yes      yes    yes     yes         404
document_file              200  405   login   404      403      yes      yes    yes     yes         404
document_edit              200  422   login   404      403      403      403    403     yes         404
document_delete            200  422   login   404      403      403      403    403     yes         404
advice_list                200  405   login   404      403      yes      yes    yes     yes         404
advice_workbook            200  405   login   404      403      yes      yes    yes     yes         404
advice_new                 200  422   login   404      403      yes      yes    403     yes         404
advice_import              200  422   login   404      403      yes      yes    403     yes         404
advice_preview             302  302   login   404      403      yes      yes    403     yes         404
advice_template            200  405   login   404      403      yes      yes    403     yes         404
advice_detail              200  405   login   404      403      yes      yes    yes     yes         404
advice_edit                200  422   login   404      403      own      own    403     yes         404
advice_delete              200  4xx   login   404      403      own      own    403     yes         404
exchange_list              200  405   login   404      403      yes      yes    yes     yes         404
exchange_workbook          200  405   login   404      403      yes      yes    yes     yes         404
exchange_new               200  422   login   404      403      yes      yes    403     yes         404
exchange_import            200  422   login   404      403      yes      yes    403     yes         404
exchange_preview           302  302   login   404      403      yes      yes    403     yes         404
exchange_template          200  405   login   404      403      yes      yes    403     yes         404
exchange_detail            200  405   login   404      403      yes      yes    yes     yes         404
exchange_edit              200  422   login   404      403      own      own    403     yes         404
exchange_delete            200  4xx   login   404      403      own      own    403     yes         404
exchange_answer            200  422   login   404      403      yes      yes    403     yes         404
initiative_list            200  405   login   404      403      yes      yes    yes     yes         404
initiative_workbook        200  405   login   404      403      yes      yes    yes     yes         404
initiative_new             200  422   login   404      403      403      403    403     yes         404
initiative_import          200  422   login   404      403      403      403    403     yes         404
initiative_preview         302  302   login   404      403      403      403    403     yes         404
initiative_template        200  405   login   404      403      403      403    403     yes         404
initiative_detail          200  405   login   404      403      yes      yes    yes     yes         404
initiative_edit            200  422   login   404      403      403      403    403     yes         404
initiative_delete          200  4xx   login   404      403      403      403    403     yes         404
activity_list              200  405   login   404      403      yes      yes    yes     yes         404
activity_workbook          200  405   login   404      403      yes      yes    yes     yes         404
activity_new               200  422   login   404      403      yes      yes    403     yes         404
activity_import            200  422   login   404      403      yes      yes    403     yes         404
activity_preview           302  302   login   404      403      yes      yes    403     yes         404
activity_template          200  405   login   404      403      yes      yes    403     yes         404
activity_detail            200  405   login   404      403      yes      yes    yes     yes         404
activity_edit              200  422   login   404      403      own      own    403     yes         404
activity_delete            200  4xx   login   404      403      own      own    403     yes         404
rating_list                200  405   login   404      403      yes      yes    yes     yes         404
rating_workbook            200  405   login   404      403      yes      yes    yes     yes         404
rating_new                 200  422   login   404      403      403      403    403     yes         404
rating_import              200  422   login   404      403      403      403    403     yes         404
rating_preview             302  302   login   404      403      403      403    403     yes         404
rating_template            200  405   login   404      403      403      403    403     yes         404
rating_detail              200  405   login   404      403      yes      yes    yes     yes         404
rating_edit                200  422   login   404      403      403      403    403     yes         404
rating_delete              200  4xx   login   404      403      403      403    403     yes         404
outreach_list              200  405   login   404      403      yes      yes    yes     yes         404
outreach_workbook          200  405   login   404      403      yes      yes    yes     yes         404
outreach_new               200  422   login   404      403      yes      yes    403     yes         404
outreach_import            200  422   login   404      403      yes      yes    403     yes         404
outreach_preview           302  302   login   404      403      yes      yes    403     yes         404
outreach_template          200  405   login   404      403      yes      yes    403     yes         404
outreach_detail            200  405   login   404      403      yes      yes    yes     yes         404
outreach_edit              200  422   login   404      403      own      own    403     yes         404
outreach_delete            200  4xx   login   404      403      own      own    403     yes         404
crime_report_list          200  405   login   404      403      yes      yes    yes     yes         404
crime_report_workbook      200  405   login   404      403      yes      yes    yes     yes         404
crime_report_new           200  422   login   404      403      yes      yes    403     yes         404
crime_report_import        200  422   login   404      403      yes      yes    403     yes         404
crime_report_preview       302  302   login   404      403      yes      yes    403     yes         404
crime_report_template      200  405   login   404      403      yes      yes    403     yes         404
crime_report_detail        200  405   login   404      403      yes      yes    yes     yes         404
crime_report_edit          200  422   login   404      403      own      own    403     yes         404
crime_report_delete        200  4xx   login   404      403      own      own    403     yes         404
briefing_list              200  405   login   404      403      yes      yes    yes     yes         404
briefing_workbook          200  405   login   404      403      yes      yes    yes     yes         404
briefing_new               200  422   login   404      403      403      403    403     yes         404
briefing_detail            200  405   login   404      403      yes      yes    yes     yes         404
briefing_edit              200  422   login   404      403      403      403    403     yes         404
briefing_delete            200  4xx   login   404      403      403      403    403     yes         404
pattern_list               200  405   login   404      403      yes      yes    yes     yes         404
pattern_workbook           200  405   login   404      403      yes      yes    yes     yes         404
pattern_new                200  422   login   404      403      403      403    403     yes         404
pattern_detail             200  405   login   404      403      yes      yes    yes     yes         404
pattern_edit               200  422   login   404      403      403      403    403     yes         404
pattern_delete             200  4xx   login   404      403      403      403    403     yes         404
conclusion_list            200  405   login   404      403      yes      yes    yes     yes         404
conclusion_workbook        200  405   login   404      403      yes      yes    yes     yes         404
conclusion_new             200  422   login   404      403      403      403    403     yes         404
conclusion_detail          200  405   login   404      403      yes      yes    yes     yes         404
conclusion_edit            200  422   login   404      403      403      403    403     yes         404
conclusion_delete          200  4xx   login   404      403      403      403    403     yes         404
briefing_year              200  422   login   404      403      403      403    403     yes         404
briefing_conclude          200  422   login   404      403      403      403    403     yes         404
briefing_docx              200  405   login   404      403      yes      yes    yes     yes         404
briefing_pdf               200  405   login   404      403      yes      yes    yes     yes         404
conclusion_follow          200  422   login   404      403      403      403    403     yes         404
patrols:patrol_list        200  405   login   404      403      yes      yes    yes     yes         404
patrols:patrol_new         200  422   login   404      403      yes      yes    403     yes         404
patrols:patrol_detail      200  405   login   404      403      yes      yes    yes     yes         404
patrols:patrol_edit        200  428   login   404      403      own      own    403     yes         404
patrols:patrol_delete      200  428   login   404      403      own      own    403     yes         404
patrols:line_confirm       200  428   login   404      403      own      own    403     yes         404
patrols:line_correct       200  428   login   404      403      own      own    403     yes         404
patrols:line_refuse        200  428   login   404      403      own      own    403     yes         404
patrols:line_acknowledge   200  428   login   404      403      own      own    403     own         404
patrols:patrol_month       200  405   login   404      403      yes      yes    yes     yes         404
patrols:patrol_docx        200  405   login   404      403      yes      yes    yes     yes         404
patrols:patrol_pdf         200  405   login   404      403      yes      yes    yes     yes         404
patrols:patrol_photograph  200  422   login   404      403      yes      yes    403     yes         404
patrols:photograph_file    200  405   login   404      403      yes      yes    yes     yes         404
patrols:photograph_delete  200  428   login   404      403      own      own    403     yes         404
patrols:plan_postpone      200  428   login   404      403      yes      yes    403     yes         404
patrols:plan_cancel        200  428   login   404      403      yes      yes    403     yes         404
patrols:plan_again         200  428   login   404      403      yes      yes    403     yes         404
patrols:plan_new           200  422   login   404      403      yes      yes    403     yes         404
patrols:schedule           200  405   login   404      403      yes      yes    yes     yes         404
patrols:calendar_feed      200  200   login   404      403      yes      yes    yes     yes         404
patrols:calendar_revoke    405  302   login   404      403      yes      yes    yes     yes         404
reports:calendar_ics       200  405   yes     yes      yes      yes      yes    yes     yes         yes
patrols:twin_list          200  405   login   404      403      403      403    403     yes         404
patrols:twin_link          405  422   login   404      403      403      403    403     yes         404
patrols:twin_part          405  422   login   404      403      403      403    403     yes         404
patrols:twin_unlink        405  302   login   404      403      403      403    403     yes         404
patrols:parting_take_back  405  302   login   404      403      403      403    403     yes         404
patrols:campaign_list      200  405   login   404      403      yes      yes    yes     yes         404
patrols:campaign_new       200  422   login   404      403      403      403    403     yes         404
patrols:campaign_edit      200  422   login   404      403      403      403    403     yes         404
incidents:incident_list    200  405   login   404      403      yes      yes    yes     yes         404
incidents:incident_new     200  422   login   404      403      yes      yes    403     yes         404
incidents:incident_detail  200  405   login   404      403      yes      yes    yes     yes         404
incidents:incident_edit    200  422   login   404      403      own      own    403     yes         404
incidents:incident_delete  200  4xx   login   404      403      own      own    403     yes         404
incidents:incident_link    405  428   login   404      403      own      own    403     own         404
incidents:patrol_incidents 200  422   login   404      403      yes      yes    403     yes         404
incidents:award_list       200  405   login   404      403      yes      yes    yes     yes         404
incidents:award_new        200  422   login   404      403      403      403    403     yes         404
incidents:award_edit       200  422   login   404      403      403      403    403     yes         404
incidents:award_delete     200  422   login   404      403      403      403    403     yes         404
incidents:declared_list    200  405   login   404      403      yes      yes    yes     yes         404
incidents:declared_new     200  422   login   404      403      403      403    403     yes         404
incidents:declare_none     405  302   login   404      403      yes      yes    403     yes         404
incidents:declared_edit    200  422   login   404      403      403      403    403     yes         404
incidents:declared_delete  200  422   login   404      403      403      403    403     yes         404
reports:home               200  405   login   yes      yes      yes      yes    yes     yes         yes
reports:life_index         200  405   login   404      403      yes      yes    yes     yes         404
reports:filter_new         200  422   login   404      403      yes      yes    yes     yes         404
reports:filter_delete      405  302   login   404      403      mine     mine   mine    mine        404
reports:search             200  405   login   404      yes      yes      yes    yes     yes         404
reports:review_index       302  405   login   404      yes      yes      yes    yes     yes         404
reports:review             200  405   login   404      yes      yes      yes    yes     yes         404
reports:review_docx        200  405   login   404      yes      yes      yes    yes     yes         404
reports:review_pdf         200  405   login   404      yes      yes      yes    yes     yes         404
reports:review_xlsx        200  405   login   404      yes      yes      yes    yes     yes         404
reports:review_json        200  405   login   404      yes      yes      yes    yes     yes         404
reports:figure_rows        200  405   login   404      403      yes      yes    yes     yes         404
reports:review_write       200  405   login   404      403      403      403    403     yes         404
reports:section_write      200  428   login   404      403      403      403    403     yes         404
reports:section_reset      405  428   login   404      403      403      403    403     yes         404
reports:review_compare     405  428   login   404      403      403      403    403     yes         404
reports:review_return      200  422   login   404      403      403      403    yes     403         404
reports:return_settle      405  302   login   404      403      403      403    403     yes         404
reports:review_sign        200  428   login   404      403      403      403    yes     403         404
reports:review_countersign 200  422   login   404      403      403      403    yes     403         404
reports:review_amend       200  422   login   404      403      403      403    yes     403         404
reports:amendment_close    200  302   login   404      403      403      403    yes     403         404
reports:review_changes     200  405   login   404      403      yes      yes    yes     yes         404
reports:tray_list          200  405   login   404      403      yes      yes     403    yes         404
reports:tray_detail        200  405   login   404      403      mine     mine    403    yes         404
reports:tray_put_away      200  302   login   404      403      mine     mine    403    yes         404
reports:conference_list    200  405   login   404      403      yes      yes    yes     yes         404
reports:conference_new     200  422   login   404      403      403      403    403     yes         404
reports:conference_detail  200  405   login   404      403      yes      yes    yes     yes         404
reports:conference_docx    200  405   login   404      403      yes      yes    yes     yes         404
reports:conference_pdf     200  405   login   404      403      yes      yes    yes     yes         404
reports:conference_edit    200  422   login   404      403      403      403    403     yes         404
reports:conference_number  200  302   login   404      403      403      403    403     yes         404
reports:conference_delete  200  422   login   404      403      403      403    403     yes         404
reports:award_candidates   200  405   login   404      403      403      403    403     yes         404
reports:unit_evidence      200  405   login   404      403      403      403    403     yes         404
reports:officer_evidence   200  405   login   404      403      403      403    403     yes         404
reports:recommendation_list   200  405   login   404   403      yes      yes    yes     yes         404
reports:recommendation_new    200  422   login   404   403      403      403    403     yes         404
reports:recommendation_detail 200  405   login   404   403      yes      yes    yes     yes         404
reports:recommendation_edit   200  422   login   404   403      403      403    403     yes         404
reports:recommendation_answer 200  422   login   404   403      403      403    403     yes         404
reports:recommendation_delete 200  422   login   404   403      403      403    403     yes         404
reports:task_list          200  405   login   404      403      yes      yes    yes     yes         404
reports:task_new           200  422   login   404      403      403      403    403     yes         404
reports:task_detail        200  405   login   404      403      yes      yes    yes     yes         404
reports:task_edit          200  422   login   404      403      403      403    403     yes         404
reports:task_assess        200  428   login   404      403      403      403    403     yes         404
reports:task_delete        200  422   login   404      403      403      403    403     yes         404
reports:workbook_import    200  422   login   404      403      403      403    403     yes         404
reports:workbook_preview   200  302   login   404      403      403      403    403     own         404
reports:workbook_template  200  405   login   404      403      403      403    403     yes         404
"""


class Row(NamedTuple):
    get: str
    post: str
    cells: dict[str, str]


def rows(table: str) -> Iterator[tuple[str, Row]]:
    for line in table.strip().splitlines()[1:]:
        name, get, post, *cells = line.split()
        yield name, Row(get, post, dict(zip(ROLES, cells, strict=True)))


MATRIX = dict(rows(TABLE))


def expected(row: Row, *, role: str, method: str, whose: str) -> str:
    cell = row.cells[role]
    if cell not in ("yes", "own", "mine"):
        return cell
    answer = {"GET": row.get, "POST": row.post}.get(method, "405")
    if answer == "405":
        return answer
    if whose not in ("", *ROLES) or (cell == "mine" and whose != role):
        return "404"
    return "403" if cell == "own" and whose != role else answer


WITH_A_ROW = [address for address in own_addresses() if address.name in MATRIX]
NOT_PUBLIC = [address for address in WITH_A_ROW if MATRIX[address.name].cells["anonymous"] == "login"]
IN_A_CLUSTER = [address for address in NOT_PUBLIC if "slug" in address.pattern]
TAKE_POSTS = [address for address in WITH_A_ROW if MATRIX[address.name].post != "405"]


def test_matrix_has_a_row_for_every_address():
    assert sorted(MATRIX) == sorted(address.name for address in own_addresses())


@pytest.mark.parametrize("address", WITH_A_ROW, ids=lambda address: address.name)
def test_matrix_holds(world, address):
    differing = {}
    for role, method in product(ROLES, ("GET", "POST", "PATCH")):
        client = world.client(role)
        for whose, path in world.paths(address).items():
            wanted = expected(MATRIX[address.name], role=role, method=method, whose=whose)
            answer = world.answer(client, method, path)
            if answer != wanted and not (wanted == "4xx" and answer in ("422", "428")):
                differing[f"{role} {method} {whose}"] = f"{answer}, not {wanted}"
    assert differing == {}


@pytest.mark.parametrize("role", ["recorder", "leader", "coordinator"])
def test_rights_of_one_cluster_give_none_in_another(world, role):
    """Who observes here and does more elsewhere observes here."""
    place = {"recorder": "unit", "leader": "party", "coordinator": "cluster"}[role]
    make_posting(user=world.users["observer"], role=role, **{place: getattr(world.elsewhere, place)})
    client, differing = world.client("observer"), {}
    for address, method in product(IN_A_CLUSTER, ("GET", "POST")):
        for whose, path in world.paths(address).items():
            wanted = expected(MATRIX[address.name], role="observer", method=method, whose=whose)
            if (answer := world.answer(client, method, path)) != wanted:
                differing[f"{method} {path}"] = f"{answer}, not {wanted}"
    assert differing == {}


def test_withdrawn_posting_acts_at_the_next_request(world):
    client, yesterday = world.client("recorder"), timezone.localdate() - dt.timedelta(days=1)
    paths = [path for address in IN_A_CLUSTER for path in world.paths(address).values()]
    assert "200" in {world.answer(client, "GET", path) for path in paths}
    world.users["recorder"].postings.update(valid_to=yesterday)
    assert {world.answer(client, "GET", path) for path in paths} == {"404"}


def test_disabled_account_ends_at_the_next_request(world):
    client = world.client("coordinator")
    paths = [path for address in NOT_PUBLIC for path in world.paths(address).values()]
    assert "200" in {world.answer(client, "GET", path) for path in paths}
    User.objects.filter(username="coordinator").update(is_active=False)
    assert {world.answer(client, "GET", path) for path in paths} == {"login"}


@pytest.mark.parametrize("address", TAKE_POSTS, ids=lambda address: address.name)
def test_post_from_another_site_is_refused(world, address):
    """Without the token that only our own page holds, nobody's browser acts for them."""
    client = world.client("coordinator", enforce_csrf_checks=True)
    refused = [client.post(path) for path in world.paths(address).values()]
    assert {response.status_code for response in refused} == {403}
    assert {response.templates[0].name for response in refused} == {"403_csrf.html"}
