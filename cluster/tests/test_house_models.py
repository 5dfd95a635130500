"""What every model of ours has in common."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models

from cluster.fields import Folded, Line, Paragraphs
from cluster.models.records import Record
from cluster.tests.house import APPS
from cluster.validators import no_identity

OURS = [model for app in APPS for model in apps.get_app_config(app).get_models()]
MODELS = [model for model in OURS if not model.__name__.startswith("Historical") and not model._meta.auto_created]
# Text that nobody reads as a sentence: it is compared byte by byte, or another library normalises it.
NOT_PROSE = {
    "cluster.User.username": "NFKC by Django's form",
    "cluster.User.password": "hash",
    "cluster.User.email": "address",
    "cluster.Notice.event": "key",
    "cluster.Notice.address": "address",
    "cluster.SavedFilter.view": "name of an address",
    "cluster.SavedFilter.query": "query of an address",
    "cluster.Submission.body_hash": "hash",
    "cluster.Submission.body": "the bytes as they came",
    "cluster.InformationExchange.content_hash": "hash",
    "cluster.Briefing.content_hash": "hash",
    "cluster.BriefingPattern.content_hash": "hash",
    "cluster.Conclusion.content_hash": "hash",
    "cluster.BoardMember.content_hash": "hash",
    "cluster.StandingTerm.content_hash": "hash",
    "cluster.Participant.content_hash": "hash",
    "cluster.Document.content_hash": "hash",
    "cluster.Advice.content_hash": "hash",
    "cluster.Initiative.content_hash": "hash",
    "cluster.InitiativeActivity.content_hash": "hash",
    "cluster.InitiativeRating.content_hash": "hash",
    "cluster.Outreach.content_hash": "hash",
    "cluster.CrimeReport.content_hash": "hash",
    "patrols.JointPatrol.content_hash": "hash",
    "patrols.CalendarFeed.token_hash": "hash",
    "patrols.Photograph.sha256": "hash",
    "incidents.Incident.content_hash": "hash",
    "incidents.Award.content_hash": "hash",
    "reports.Conference.content_hash": "hash",
    "reports.Recommendation.content_hash": "hash",
    "reports.KeyTask.content_hash": "hash",
    "reports.Review.snapshot": "canonical JSON",
    "reports.SignedPaper.sha256": "hash",
    "reports.Workplan.content_hash": "hash",
    "reports.Review.snapshot_hash": "hash",
    "reports.Amendment.changes": "canonical JSON",
    "reports.Amendment.changes_hash": "hash",
}
# What happened is written and corrected where it is shown, with a version and a reason; the administrator, who
# keeps units, people and rights, does not read it (design.md, "Roles").
NOT_IN_ADMIN = {
    "cluster.Submission": "the text of a record",
    "cluster.PaperNumber": "taken by a paper",
    "cluster.UploadedList": "waits a moment for its second look",
    "cluster.InformationExchange": "a record of the cluster",
    "cluster.Briefing": "a record of the cluster",
    "cluster.BriefingPattern": "a record of the cluster",
    "cluster.BriefingHost": "a part of a record",
    "cluster.Conclusion": "a record of the cluster",
    "cluster.FollowUp": "a part of a record",
    "cluster.BoardMember": "a record of the cluster",
    "cluster.StandingTerm": "a record of the cluster",
    "cluster.Participant": "a record of the cluster",
    "cluster.Document": "a record of the cluster",
    "cluster.Article": "a part of a record",
    "cluster.Advice": "a record of the cluster",
    "cluster.Notice": "a person's own",
    "cluster.NoticeChoice": "a person's own",
    "cluster.Visit": "a person's own",
    "cluster.SavedFilter": "a person's own",
    "cluster.Seal": "follows the signing of reviews",
    "cluster.Initiative": "a record of the cluster",
    "cluster.InitiativeActivity": "a record of the cluster",
    "cluster.InitiativeRating": "a record of the cluster",
    "cluster.Outreach": "a record of the cluster",
    "cluster.CrimeReport": "a record of the cluster",
    "patrols.Campaign": "a record of the cluster",
    "patrols.JointPatrol": "a record of the cluster",
    "patrols.Contingent": "a line of a record",
    "patrols.TwinLink": "joins records",
    "patrols.NotTwins": "parts records",
    "patrols.Photograph": "belongs to a record",
    "patrols.CalendarFeed": "a person's own",
    "incidents.Incident": "a record of the cluster",
    "incidents.DeclaredFigure": "a record of the cluster",
    "incidents.Award": "a record of the cluster",
    "reports.UploadedWorkbook": "waits a moment for its second look",
    "reports.Review": "signed by leaders",
    "reports.SignedPaper": "the file of a signed review",
    "reports.Workplan": "a record of the cluster",
    "reports.Target": "of a plan",
    "reports.Section": "the text of a review",
    "reports.Return": "a word of a leader",
    "reports.Countersignature": "signed by leaders",
    "reports.Amendment": "opened by leaders",
    "reports.Conference": "a record of the cluster",
    "reports.Delegation": "a part of a record",
    "reports.Contribution": "a part of a record",
    "reports.Difficulty": "a part of a record",
    "reports.Recommendation": "a record of the cluster",
    "reports.KeyTask": "a record of the cluster",
}
# Rows that are their own history, or that go again soon and say nothing of a cluster.
WITHOUT_HISTORY = {
    "cluster.Notice": "says itself when it was written, read and mailed",
    "cluster.NoticeChoice": "a person's own wish",
    "cluster.Visit": "says when somebody was here, as last_login does",
    "cluster.SavedFilter": "a person's own bookmark",
    "reports.UploadedWorkbook": "gone when it is taken over",
    "cluster.UploadedList": "gone when it is taken over",
    "cluster.Submission": "says itself what came when and who settled it",
    "cluster.PaperNumber": "says itself who took it and is never freed",
    "cluster.Article": "follows the text of its regulation, which keeps it",
    "cluster.Seal": "follows a review and its amendments, which say who and when",
    "patrols.NotTwins": "says itself who decided it when, and is only ever taken back",
    "patrols.Photograph": "says itself who added and who deleted it",
    "patrols.CalendarFeed": "says itself when it began and ended",
    "reports.Return": "says itself who gave back what and who settled it",
    "reports.Countersignature": "is written once",
    "reports.SignedPaper": "is written once",
    "reports.Amendment": "says itself who opened and closed it",
}


# Text that may hold what `no_identity` refuses, or that no form of a record asks.
NOT_FREE_TEXT = {
    "an administrator's": (
        *("cluster.AdministrativeUnit.code", "cluster.AdministrativeUnit.name", "cluster.PoliceUnit.name"),
        *("cluster.AdministrativeUnit.legal_basis", "cluster.AdministrativeUnit.note"),
        *("cluster.UnitSuccession.legal_basis", "cluster.User.full_name"),
        *("cluster.Force.name", "cluster.Force.note", "cluster.Cluster.name", "cluster.Cluster.aliases"),
        *("cluster.Cluster.notice", "cluster.Party.name", "cluster.BorderPair.note", "cluster.BorderPair.method"),
        *("incidents.Category.group", "incidents.Category.name"),
    ),
    "the name, rank and post of an officer": (
        *("cluster.Officer.name", "cluster.Officer.rank", "cluster.Officer.post"),
        *("reports.Review.signed_as", "reports.Review.signed_name", "reports.Review.place"),
        *("reports.Countersignature.signed_as", "reports.Countersignature.signed_name"),
    ),
    "a number in a log": ("patrols.JointPatrol.code", "incidents.Incident.code", "incidents.Award.decision_number"),
    "made of text that was checked": (
        *("cluster.Article.title", "cluster.Article.text", "reports.Section.proposal"),
        *("cluster.PaperNumber.kind", "cluster.PaperNumber.abstract"),
    ),
    "the name of a file": ("cluster.UploadedList.name", "reports.UploadedWorkbook.name"),
}


def is_prose(field: models.Field) -> bool:
    """Whether the column holds text as somebody typed it."""
    return (
        isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and type(field)
        not in (
            models.SlugField,
            Folded,
        )
    )


def test_text_is_stored_in_nfc():
    plain = [
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.local_fields
        if is_prose(field) and not isinstance(field, Line | Paragraphs)
    ]
    assert sorted(plain) == sorted(NOT_PROSE)


def test_free_text_takes_no_identity():
    unchecked = [
        f"{model._meta.label}.{field.name}"
        for model in MODELS
        for field in model._meta.local_fields
        if isinstance(field, Line | Paragraphs) and no_identity not in field.validators
    ]
    assert sorted(unchecked) == sorted(name for names in NOT_FREE_TEXT.values() for name in names)


def test_every_model_is_in_admin_or_said_not_to_be():
    absent = {model._meta.label for model in MODELS if not admin.site.is_registered(model)}
    assert absent == set(NOT_IN_ADMIN)


def test_admin_shows_no_record_anywhere():
    """Neither as a page nor as rows within another page."""
    shown = set()
    for model, page in admin.site._registry.items():
        shown |= {model._meta.label, *(inline.model._meta.label for inline in page.inlines)}
    assert shown & set(NOT_IN_ADMIN) == set()
    assert {label.partition(".")[0] for label in shown} <= set(APPS), "a model that is not ours"


def test_every_model_keeps_its_history():
    without = {model._meta.label for model in MODELS if not hasattr(model, "history")}
    assert without == set(WITHOUT_HISTORY)


RECORDS = [model for model in MODELS if issubclass(model, Record)]


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_every_record_says_by_which_days_it_is_sealed(model):
    """An empty tuple, with its reason in a comment, for what counts in no figure."""
    assert "counted_by" in vars(model)
    assert {type(model._meta.get_field(name)) for name in model.counted_by} <= {models.DateField}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_constraints_are_named_in_words(model):
    """A refusal that reaches a user reads as a sentence of ours, and a log names the rule."""
    assert not model._meta.unique_together
    unspoken = [
        constraint.name
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
        and constraint.violation_error_message == constraint.default_violation_error_message
    ]
    assert unspoken == []
