"""A form writes what stands on its page and nothing else (security.md 14).

Each form is sent twice, as a browser would and with every field of every record beside it; the database must hold the
same afterwards.
"""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from cluster.models import (
    Advice,
    BoardMember,
    Briefing,
    BriefingPattern,
    Conclusion,
    CrimeReport,
    Document,
    InformationExchange,
    Initiative,
    InitiativeActivity,
    InitiativeRating,
    Notice,
    Outreach,
    Participant,
    StandingTerm,
)
from cluster.models.briefings import host_key
from cluster.registers import REGISTERS
from cluster.tests.entries import register_entry
from cluster.tests.house import APPS
from incidents.models import Award, DeclaredFigure, Incident
from incidents.tests.entries import award_entry, declared_entry, incident_entry
from patrols.models import Campaign, Contingent, JointPatrol
from patrols.tests.entries import line_entry, patrol_entry, plan_entry
from reports.models import (
    Amendment,
    Conference,
    Contribution,
    Delegation,
    Difficulty,
    KeyTask,
    Recommendation,
    Return,
    Review,
    Section,
    SignedPaper,
    Workplan,
)
from reports.tests.conference_entries import (
    answer_entry,
    assessment_entry,
    conference_entry,
    recommendation_entry,
    task_entry,
)
from reports.tests.test_access_matrix import TAKE_POSTS
from reports.tests.world import PASSWORD, World

RECORDS: tuple[type[models.Model], ...] = (
    JointPatrol,
    Contingent,
    Campaign,
    Incident,
    Award,
    DeclaredFigure,
    InformationExchange,
    Initiative,
    InitiativeActivity,
    InitiativeRating,
    Notice,
    Outreach,
    CrimeReport,
    Workplan,
    *(Briefing, BriefingPattern, Conclusion),
    Review,
    Section,
    Return,
    Amendment,
    *(Conference, Delegation, Contribution, Difficulty, Recommendation, KeyTask),
    *(BoardMember, StandingTerm, Participant, Document, Advice),
)
# Rows within the form of another record, which a browser numbers.
ROWS = {Delegation: "delegations-0-", Contribution: "contributions-0-", Difficulty: "difficulties-0-"}
CAMPAIGN = {"name": "Tết", "kind": "peak", "date_from": "2017-01-01", "date_to": "2017-01-09"}
WORKPLAN = {"name": "Kế hoạch năm 2018", "date_from": "2018-01-01", "date_to": "2018-12-31"}
REASON = {"reason": "Ghi nhầm"}


def _patrol(world: World) -> dict[str, Any]:
    return patrol_entry(
        line_entry(0, unit=world.cluster.unit, force=world.cluster.force), lead=world.cluster.unit, date="2017-08-15"
    )


def _incident(world: World) -> dict[str, Any]:
    return incident_entry(unit=world.cluster.unit, category=world.cluster.cluster.categories.earliest("pk"))


def _patrols_of_2017(world: World) -> str:
    return f"/clusters/{world.cluster.cluster.slug}/patrols/?year=2017"


def _pair(world: World) -> dict[str, Any]:
    one, other = (world.rows["patrol"][whose].client_id for whose in ("recorder", "partner"))  # type: ignore[attr-defined]
    return {"one": one, "other": other, "version": [f"{one}:1", f"{other}:1"]}


def _found(world: World) -> dict[str, Any]:
    return {"category": world.cluster.cluster.categories.earliest("pk").pk}


def _exchange(world: World) -> dict[str, Any]:
    units = world.cluster.unit, world.cluster.partner_unit
    return register_entry(InformationExchange, from_unit=units[0].pk, to_unit=units[1].pk)


def _initiative(world: World) -> dict[str, Any]:
    return register_entry(Initiative)


def _of_initiative(model: Any, **entered: Any) -> Callable[[World], dict[str, Any]]:
    def entry(world: World) -> dict[str, Any]:
        own = {"unit": world.cluster.unit.pk} if model is InitiativeActivity else {}
        return register_entry(model, initiative=world.rows["initiative"]["recorder"].pk, **own, **entered)

    return entry


def _of_unit(model: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: register_entry(model, unit=world.cluster.unit.pk)


def _briefing(world: World) -> dict[str, Any]:
    return register_entry(Briefing, number="12", host=host_key(world.cluster.unit))


def _conclusion(world: World) -> dict[str, Any]:
    return register_entry(Conclusion, briefing=world.rows["briefing"]["recorder"].pk)


# Who sends the form and what is typed into it; the rest is sent as it stands on the page.
FORMS: dict[str, tuple[str, Callable[[World], dict[str, Any]]]] = {
    "accounts:preferences": ("recorder", lambda world: {"language": "en"}),
    "notice_open": ("recorder", lambda world: {}),
    "notice_read_all": ("recorder", lambda world: {}),
    "paper_settings": ("coordinator", lambda world: {"place": "Vĩnh Linh"}),
    "patrols:patrol_new": ("recorder", _patrol),
    "patrols:patrol_edit": ("coordinator", lambda world: REASON),
    "patrols:patrol_delete": ("coordinator", lambda world: REASON),
    "patrols:line_confirm": ("coordinator", lambda world: REASON),
    "patrols:line_correct": ("recorder", lambda world: REASON | {"headcount": "7"}),
    "patrols:line_refuse": ("recorder", lambda world: REASON),
    "patrols:line_acknowledge": ("recorder", lambda world: {}),
    "patrols:plan_new": ("recorder", lambda world: plan_entry(lead=world.cluster.unit)),
    "patrols:plan_postpone": ("recorder", lambda world: REASON),
    "patrols:plan_cancel": ("recorder", lambda world: REASON),
    "patrols:plan_again": ("recorder", lambda world: {"date": timezone.localdate().isoformat()}),
    "patrols:photograph_delete": ("recorder", lambda world: {}),
    "patrols:twin_link": ("coordinator", lambda world: _pair(world) | {"kept": _pair(world)["one"]} | REASON),
    "patrols:twin_part": ("coordinator", lambda world: _pair(world)),
    "patrols:twin_unlink": ("coordinator", lambda world: {}),
    "patrols:parting_take_back": ("coordinator", lambda world: {}),
    "patrols:campaign_new": ("coordinator", lambda world: CAMPAIGN),
    "patrols:campaign_edit": ("coordinator", lambda world: CAMPAIGN),
    "incidents:incident_new": ("recorder", _incident),
    "incidents:incident_edit": ("coordinator", lambda world: REASON),
    "incidents:incident_delete": ("coordinator", lambda world: REASON),
    "incidents:incident_link": ("recorder", lambda world: {"version": "1", "patrol": ""}),
    "incidents:patrol_incidents": ("recorder", _found),
    "incidents:award_new": ("coordinator", lambda world: award_entry()),
    "incidents:award_edit": ("coordinator", lambda world: REASON),
    "incidents:award_delete": ("coordinator", lambda world: REASON),
    "incidents:declared_new": ("coordinator", lambda world: declared_entry()),
    "incidents:declared_edit": ("coordinator", lambda world: REASON),
    "incidents:declared_delete": ("coordinator", lambda world: REASON),
    "workplan_new": ("coordinator", lambda world: WORKPLAN),
    "workplan_edit": ("coordinator", lambda world: REASON),
    "workplan_delete": ("coordinator", lambda world: REASON),
    "reports:workplan_targets": ("coordinator", lambda world: {"targets-0-amount": "25"}),
    "seat_new": ("coordinator", lambda world: register_entry(BoardMember)),
    "seat_edit": ("coordinator", lambda world: REASON),
    "seat_delete": ("coordinator", lambda world: REASON),
    "term_new": ("coordinator", lambda world: register_entry(StandingTerm, party=world.cluster.party.pk)),
    "term_edit": ("coordinator", lambda world: REASON),
    "term_delete": ("coordinator", lambda world: REASON),
    "participant_new": ("coordinator", lambda world: register_entry(Participant)),
    "participant_edit": ("coordinator", lambda world: REASON),
    "participant_delete": ("coordinator", lambda world: REASON),
    "document_new": ("coordinator", lambda world: register_entry(Document)),
    "document_edit": ("coordinator", lambda world: REASON),
    "document_delete": ("coordinator", lambda world: REASON),
    "advice_new": ("recorder", lambda world: register_entry(Advice, unit=world.cluster.unit.pk)),
    "advice_edit": ("coordinator", lambda world: REASON),
    "advice_delete": ("coordinator", lambda world: REASON),
    "exchange_new": ("recorder", _exchange),
    "exchange_edit": ("coordinator", lambda world: REASON),
    "exchange_delete": ("coordinator", lambda world: REASON),
    "exchange_answer": ("partner", lambda world: {"answer": "Đã tiếp nhận"}),
    "initiative_new": ("coordinator", _initiative),
    "initiative_edit": ("coordinator", lambda world: REASON),
    "initiative_delete": ("coordinator", lambda world: REASON),
    "activity_new": ("recorder", _of_initiative(InitiativeActivity)),
    "activity_edit": ("coordinator", lambda world: REASON),
    "activity_delete": ("coordinator", lambda world: REASON),
    "rating_new": ("coordinator", _of_initiative(InitiativeRating, year="2018")),
    "rating_edit": ("coordinator", lambda world: REASON),
    "rating_delete": ("coordinator", lambda world: REASON),
    "outreach_new": ("recorder", _of_unit(Outreach)),
    "outreach_edit": ("coordinator", lambda world: REASON),
    "outreach_delete": ("coordinator", lambda world: REASON),
    "crime_report_new": ("recorder", _of_unit(CrimeReport)),
    "crime_report_edit": ("coordinator", lambda world: REASON),
    "crime_report_delete": ("coordinator", lambda world: REASON),
    "briefing_new": ("coordinator", _briefing),
    "briefing_edit": ("coordinator", lambda world: REASON),
    "briefing_delete": ("coordinator", lambda world: REASON),
    "briefing_year": ("coordinator", lambda world: {"year": "2016"}),
    "briefing_conclude": ("coordinator", lambda world: register_entry(Conclusion)),
    "pattern_new": ("coordinator", lambda world: register_entry(BriefingPattern)),
    "pattern_edit": ("coordinator", lambda world: REASON),
    "pattern_delete": ("coordinator", lambda world: REASON),
    "conclusion_new": ("coordinator", _conclusion),
    "conclusion_edit": ("coordinator", lambda world: REASON),
    "conclusion_delete": ("coordinator", lambda world: REASON),
    "conclusion_follow": ("coordinator", lambda world: {"version": "1", "state": "done", "noted_on": "2017-07-01"}),
    "reports:section_write": ("coordinator", lambda world: {"text": "Tình hình phức tạp."}),
    "reports:section_reset": ("coordinator", lambda world: {"version": "1"}),
    "reports:review_compare": (
        "coordinator",
        lambda world: {"version": "0", "compare_from": "2015-01-01", "compare_to": "2015-12-31"},
    ),
    "reports:review_return": ("leader", lambda world: REASON),
    "reports:return_settle": ("coordinator", lambda world: {}),
    "reports:review_sign": ("leader", lambda world: {"password": PASSWORD}),
    "reports:review_countersign": ("leader", lambda world: {"password": PASSWORD}),
    "reports:review_amend": ("leader", lambda world: REASON),
    "reports:amendment_close": ("leader", lambda world: {}),
    "reports:conference_new": ("coordinator", lambda world: conference_entry()),
    "reports:conference_edit": ("coordinator", lambda world: REASON),
    "reports:conference_number": ("coordinator", lambda world: {"number": "7"}),
    "reports:conference_delete": ("coordinator", lambda world: REASON),
    "reports:recommendation_new": ("coordinator", lambda world: recommendation_entry()),
    "reports:recommendation_edit": ("coordinator", lambda world: REASON),
    "reports:recommendation_answer": ("coordinator", lambda world: answer_entry()),
    "reports:recommendation_delete": ("coordinator", lambda world: REASON),
    "reports:task_new": ("coordinator", lambda world: task_entry()),
    "reports:task_edit": ("coordinator", lambda world: REASON),
    "reports:task_assess": ("coordinator", lambda world: assessment_entry()),
    "reports:task_delete": ("coordinator", lambda world: REASON),
    "reports:filter_new": ("recorder", lambda world: {"name": "Năm 2017", "path": _patrols_of_2017(world)}),
    "reports:filter_delete": ("recorder", lambda world: {}),
    "reports:tray_put_away": ("recorder", lambda world: {}),
    "incidents:declare_none": (
        "recorder",
        lambda world: {"unit": world.cluster.unit.pk, "month": "2016-02", "kind": "incidents"},
    ),
}
TAKING_LISTS = [register.noun for register in REGISTERS if register.takes_lists]
# Forms that write no record of a cluster, and what they do instead.
WITHOUT_RECORD = {
    **{f"{noun}_import": "keeps a file" for noun in TAKING_LISTS},
    **{f"{noun}_preview": "writes what the file says" for noun in TAKING_LISTS},
    "accounts:login": "opens a session",
    "accounts:logout": "ends it",
    "accounts:language": "sets a cookie",
    "accounts:password_change": "sets the own password",
    "patrols:calendar_feed": "makes a secret address",
    "patrols:calendar_revoke": "ends it",
    "patrols:patrol_photograph": "keeps a file",
    "reports:workbook_import": "keeps a file",
    "reports:workbook_preview": "writes what the file says",
}


def inputs_of(page: bytes) -> dict[str, list[str]]:
    """What a browser would send of the page's form, untouched."""
    inputs = BeautifulSoup(page, "html.parser").select("main form[method=post] [name]:not(template [name])")
    found: dict[str, list[str]] = {str(tag["name"]): [] for tag in inputs}
    for tag in inputs:
        found[str(tag["name"])] += _sent(tag)
    return found


def _sent(tag: Tag) -> list[str]:
    if tag.name == "select":
        return [str(option["value"]) for option in tag.select("option[selected]")]
    if tag.name == "textarea":
        return [tag.get_text()]
    is_chosen = tag.get("type") not in ("checkbox", "radio") or tag.has_attr("checked")
    return [str(tag.get("value", ""))] if tag.name == "input" and is_chosen else []


def hostile(entry: dict[str, Any], *, pk: object) -> dict[str, object]:
    """Every field of every record, under each name that a form might read; what stands on the page stays."""
    found: dict[str, object] = {}
    for model in RECORDS:
        of_a_record = ("line-0-", "form-0-", f"{model._meta.model_name}-")
        prefixes = ("", *((ROWS[model],) if model in ROWS else of_a_record))
        for field in model._meta.get_fields():
            for name in {field.name, getattr(field, "attname", field.name)}:
                names = (f"{prefix}{name}" for prefix in prefixes)
                found |= dict.fromkeys(names, _other_value(field, pk=pk))
    return found | entry


def _other_value(field: Any, *, pk: object) -> object:
    """A value that the field would take and that no row of ours has; of a relation, the row ``pk``."""
    if getattr(field, "choices", None):
        return field.choices[-1][0]
    by_type = {
        models.BooleanField: "on",
        models.UUIDField: uuid.uuid4(),
        models.DateTimeField: "2001-01-01 01:01",
        models.DateField: "2001-01-01",
        models.TimeField: "01:01",
        models.BigAutoField: pk,
        models.IntegerField: 77,
        models.CharField: "kẻ lạ",
        models.TextField: "kẻ lạ",
    }
    return next((value for kind, value in by_type.items() if isinstance(field, kind)), pk)


OURS = [model for app in APPS for model in apps.get_app_config(app).get_models(include_auto_created=True)]
Keys = dict[type[models.Model], set[Any]]


# What is frozen says when, and is hashed with it.
MADE_OF_THE_MOMENT = ("snapshot", "snapshot_hash", "changes", "changes_hash")


def keys() -> Keys:
    return {model: set(model._default_manager.values_list("pk", flat=True)) for model in OURS}


def everything(*, old: Keys, began: dt.datetime) -> dict[str, list[Any]]:
    """Every row of ours, but no key of what is new and no time of what happened since."""
    found = {}
    for model in OURS:
        fields = model._meta.concrete_fields
        rows = model._default_manager.values_list(*(field.attname for field in fields))
        told = ([_lasting(*cell, old=old, began=began) for cell in zip(fields, row, strict=True)] for row in rows)
        found[model._meta.label] = sorted(told, key=repr)
    return found


def _lasting(field: Any, value: Any, *, old: Keys, began: dt.datetime) -> Any:
    if isinstance(value, dt.datetime) and value >= began:
        return "now"
    # The files of a signed review bear the minute of its signing.
    if field.name in MADE_OF_THE_MOMENT or (field.model is SignedPaper and field.name in ("content", "sha256")):
        return bool(value)
    if field.model is Notice and field.name == "event":  # it may end in the key of what is new
        return re.sub(r"\d+$", "", value)
    if field.is_relation:
        model = field.related_model
    else:  # of a historical row, the key of the row that it tells of
        model = getattr(field.model, "instance_type", None) if field.name == "id" else None
        model = field.model if field.primary_key else model
    return "new" if model in old and value is not None and value not in old[model] else value


def after(client: Any, path: str, entry: dict[str, Any]) -> tuple[int, dict[str, list[Any]]]:
    """The status of the answer and what the database then holds; it is taken back."""
    old, began = keys(), timezone.now()
    with transaction.atomic():
        status = client.post(path, entry).status_code
        found = everything(old=old, began=began)
        transaction.set_rollback(True)
    return status, found


def test_every_form_is_sent():
    assert {address.name for address in TAKE_POSTS} == {*FORMS, *WITHOUT_RECORD}


@pytest.mark.parametrize("address", [a for a in TAKE_POSTS if a.name in FORMS], ids=lambda address: address.name)
def test_form_writes_what_stands_on_its_page(world, address, settings):
    # Every field of every record under each name: more than a request may bring, whatever its form makes of them.
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = None
    role, typed = FORMS[address.name]
    client, paths = world.client(role), world.paths(address)
    path = paths.get("recorder", paths.get("", ""))
    entry = inputs_of(client.get(path).content) | typed(world)
    foreign = world.rows["patrol"]["elsewhere"].pk

    before = everything(old=keys(), began=timezone.now())
    status, plain = after(client, path, entry)
    assert (status, plain != before) == (302, True), "the form as it stands on its page changes something"
    assert after(client, path, hostile(entry, pk=foreign)) == (status, plain)
