"""The promises of every record: written once, edited by version, hidden rather than removed, sealed once signed.

And one of official papers: no number is given twice.
"""

import datetime as dt
import hashlib
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Model, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from cluster.articles import articles_in
from cluster.functions import SealLock
from cluster.models import (
    Article,
    Cluster,
    Document,
    Notice,
    PaperNumber,
    PaperSettings,
    PoliceUnit,
    Seal,
    Span,
    User,
)
from cluster.models.records import Record, RegisterRecord

R = TypeVar("R", bound=Record)
# Writes what belongs into the transaction of a record, as the receipt of the queue that sent it.
Receipt = Callable[[], None]
M = TypeVar("M", bound=Model)


class ContentDiffers(Exception):
    """The client id is taken by a record with other content (answer 409, keep the user's text)."""


class StaleVersion(Exception):
    """Somebody else has written the record since it was opened (answer 409, show both)."""


class SealedPeriod(Exception):
    """The row counts in a period that is signed, and no amendment is open (answer 423, keep the user's text)."""

    def __init__(self, seal: Seal) -> None:
        message = _("The figures of %(period)s are signed. To correct them, a leader opens an amendment.")
        super().__init__(message % {"period": seal})
        self.seal = seal


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of a submission, the same for the same content whatever the order of its keys.

    Model instances stand by their key, so that a renamed unit does not make another content of it.
    """
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return str(value)


def create_once(
    model: type[R],
    *,
    client_id: uuid.UUID,
    content: Mapping[str, Any],
    make: Callable[[str], R],
    receipt: Receipt = lambda: None,
) -> tuple[R, bool]:
    """Make the record of this client id, or find that the same submission already made it.

    ``make`` gets the content's hash, writes the record with it and returns it. Returns the record and whether it is
    new. Raises ``ContentDiffers`` if the id belongs to other content; the constraint on the id decides a race.
    ``receipt`` is written with the record, and for a copy that came by another way; not for a deleted record.
    """
    digest = content_hash(content)
    try:
        with transaction.atomic():
            if not model._default_manager.filter(client_id=client_id).exists():
                record = make(digest)
                receipt()
                return record, True
    except IntegrityError:
        if not model._default_manager.filter(client_id=client_id).exists():
            raise
    existing = model._default_manager.get(client_id=client_id)
    if existing.content_hash != digest:
        raise ContentDiffers
    if not existing.is_deleted:
        receipt()
    return existing, False


def claim_version(record: Record, *, version: int, adds: bool = False) -> None:
    """Raise the record's version if it is still the one the editor saw; call inside the edit's transaction.

    ``select_for_update`` has no effect on SQLite, so the version is compared and set in one statement.
    Raises ``StaleVersion``, and ``SealedPeriod`` unless the edit only ``adds`` rows to the record, which a signed
    period takes as late ones. The record in hand then carries the new version.
    """
    hold_seals(record.cluster_id)
    rows = type(record)._default_manager.filter(pk=record.pk, version=version, deleted_at__isnull=True)
    if not rows.update(version=version + 1):
        raise StaleVersion
    # From the database: the record in hand may bear what its form has read.
    record.span_claimed = rows.model._default_manager.get(pk=record.pk).counted_span()
    if not (adds or record.lasts):
        refuse_sealed(record.cluster_id, record.span_claimed)
    record.version = version + 1


def hold_seals(cluster: int, *, alone: bool = False) -> None:
    """Until the transaction ends no period of the cluster is sealed or opened; ``alone``: and no row is edited."""
    if connection.features.has_select_for_update:
        list(Cluster.objects.filter(pk=cluster).order_by().values_list(SealLock(F("pk"), alone=alone)))


def refuse_sealed(cluster: int, span: Span | None, *, whole: bool = False) -> None:
    """Raise ``SealedPeriod`` where the days are signed and no amendment is open; behind ``hold_seals``.

    ``whole``: a total of these days counts only in periods that hold all of them.
    """
    if span is None:
        return
    seals = Seal.objects.filter(cluster=cluster).closed()
    seals = seals.holding(span) if whole else seals.touching(span)
    if seal := seals.select_related("cluster").first():
        raise SealedPeriod(seal)


@transaction.atomic
def delete_record(record: Record, *, version: int, by: User, reason: str, now: dt.datetime) -> None:
    """Hide the record from every list and count; its history and its client id stay. Raises as ``claim_version``."""
    claim_version(record, version=version)
    record.deleted_at = now
    Notice.objects.about(record.client_id).delete()
    save_with_history(record, by=by, reason=reason)


def save_with_history(record: Model, *, by: User | None, reason: str = "") -> None:
    """Save, and name in the history who answers for it and, for a correction, why.

    An edit that brings a record from another day into a signed period is a ``SealedPeriod``; what did not count
    before, as a plan that is now completed, is a new row there. Of a record that lasts only the days that move count.
    """
    if isinstance(record, Record) and record.span_claimed and (span := record.counted_span()) != record.span_claimed:
        for days in record.span_claimed.unlike(span) if record.lasts else (span,):
            refuse_sealed(record.cluster_id, days)
    record._history_user = by  # type: ignore[attr-defined]
    record._change_reason = reason or None  # type: ignore[attr-defined]
    record.save()


def create_all(model: type[M], rows: Sequence[M], *, by: User | None, now: dt.datetime) -> Sequence[M]:
    """Write many new rows at once, each with the history that ``save_with_history`` gives one; they get their keys."""
    if rows:
        bulk_create_with_history(rows, model, default_user=by, default_date=now)
    return rows


def save_paper_settings(changed: PaperSettings, *, version: int, by: User) -> None:
    """Save what a cluster's papers say alike; ``version`` is the one the editor saw, 0 where nothing was stored yet.

    Raises ``StaleVersion``, also where two store the first settings of a cluster at once.
    """
    try:
        with transaction.atomic():
            seen = PaperSettings.objects.filter(pk=changed.pk, version=version)
            if (changed.pk or version) and not seen.update(version=version + 1):
                raise StaleVersion
            changed.version = version + 1
            save_with_history(changed, by=by)
    except IntegrityError:
        raise StaleVersion from None


class NumberTaken(Exception):
    """Another paper of the series bears the number; says so in a sentence for the user."""

    def __init__(self, *, number: int, year: int) -> None:
        self.number, self.year = number, year
        said = _("Document number %(number)s has already been used in %(year)s.")
        super().__init__(said % {"number": f"{number:02d}", "year": year})


def take_number(
    *,
    cluster: Cluster,
    kind: str,
    year: int,
    abstract: str,
    by: User | None,
    now: dt.datetime,
    number: int | None = None,
) -> int:
    """Take this number of the cluster's series, or the next one, and return it; ``kind`` is "BC", "BB" …

    The constraint of the table decides a race: who wants just the next number gets the one behind it, who has chosen
    one gets ``NumberTaken``. Of a transaction that fails the number is free again.
    """
    series = PaperNumber.objects.of_series(cluster, kind, year)
    while True:
        wanted = number or series.next()
        row = PaperNumber(cluster=cluster, kind=kind, year=year, number=wanted)
        row.abstract, row.taken_by, row.taken_at = abstract, by, now
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            if not series.filter(number=wanted).exists():
                raise
            if number:
                raise NumberTaken(number=number, year=year) from None
        else:
            return wanted


def recording_unit(unit: PoliceUnit | None, *, own_units: frozenset[int]) -> PoliceUnit | None:
    """The unit that the recorder logs for: the one named, if it is the recorder's, else the first of the own."""
    if unit and unit.pk in own_units:
        return unit
    return PoliceUnit.objects.filter(pk__in=own_units).first()


def log_record(
    blank: R, values: Mapping[str, Any], *, unit: PoliceUnit | None, by: User | None, now: dt.datetime
) -> tuple[R, bool]:
    """Write a record of a register once; ``blank`` bears its cluster and client id, ``values`` what was entered.

    Returns and raises as ``create_once`` does; one that was deleted since is returned as well. ``ValidationError``:
    it cannot stand beside the other records of the cluster.
    """

    def make(digest: str) -> R:
        blank.content_hash, blank.recorded_by, blank.recorded_at, blank.recorded_unit = digest, by, now, unit
        _write(blank, values, by=by, now=now)
        return blank

    content = {"cluster": blank.cluster, **values}
    return create_once(type(blank), client_id=blank.client_id, content=content, make=make)


@transaction.atomic
def edit_record(
    record: Record,
    values: Mapping[str, Any],
    *,
    version: int,
    by: User,
    reason: str = "",
    now: dt.datetime | None = None,
) -> None:
    """Replace what was entered. Raises as ``claim_version`` and ``log_record`` do."""
    claim_version(record, version=version)
    _write(record, values, by=by, reason=reason, now=now or timezone.now())


@transaction.atomic
def add_to_record(record: Record, values: Mapping[str, Any], *, version: int, by: User) -> None:
    """Write down what came later and no figure counts, as an answer: a signed period takes it.

    Raises ``StaleVersion``.
    """
    claim_version(record, version=version, adds=True)
    _write(record, values, by=by, now=timezone.now())


def _write(record: Record, values: Mapping[str, Any], *, by: User | None, now: dt.datetime, reason: str = "") -> None:
    """The row with its history, then the rows that it ties."""
    many = {field.name for field in record._meta.many_to_many}
    parts: frozenset[str] = getattr(record, "parts", frozenset())
    for name in values.keys() - many - parts:
        setattr(record, name, values[name])
    if isinstance(record, RegisterRecord) and record.minds_others:
        # One after another: the check below sees what every other writer has committed.
        list(Cluster.objects.select_for_update(no_key=True).filter(pk=record.cluster_id).order_by())
        record.check_others()
    if isinstance(record, Document):
        _number_document(record, by=by, now=now)
    save_with_history(record, by=by, reason=reason)
    for name in sorted(many & values.keys()):
        if set(getattr(record, name).all()) != set(values[name]):
            getattr(record, name).set(values[name])
    for name in sorted(parts & values.keys()):
        if getattr(record, name) != values[name]:
            record.write_part(name, values[name])  # type: ignore[attr-defined]
    if isinstance(record, Document):
        _list_articles(record)


def _number_document(document: Document, *, by: User | None, now: dt.datetime) -> None:
    """A paper of the board bears a number of its series: the one that was typed, else the one it has, else the next."""
    if document.issuer:
        return
    stored = Document.objects.filter(pk=document.pk, issuer="").first()
    document.number_symbol = document.number_symbol or (stored.number_symbol if stored else "")
    if stored and stored.place_in_series == document.place_in_series:
        return
    number = document.place_in_series.number
    if document.number_symbol and not number:
        raise ValidationError({"number_symbol": _("Begin with the number, such as 05/KH-BĐH.")}, code="no number")
    try:
        taken = take_number(
            cluster=document.cluster,
            kind=document.series,
            year=document.issued_on.year,
            abstract=document.abstract,
            by=by,
            now=now,
            number=number,
        )
    except NumberTaken as refusal:
        raise ValidationError({"number_symbol": str(refusal)}, code="number taken") from None
    if document.number_symbol in ("", str(number), f"{number:02d}" if number else ""):
        document.number_symbol = f"{taken:02d}/{document.symbol}"


def _list_articles(document: Document) -> None:
    """Bring the articles in line with the text: each keeps its key as long as its number stands there."""
    wanted = {article.number: article for article in articles_in(document.articles_text)}
    for row in document.articles.all():
        said = wanted.pop(row.number, None)
        if said is None:
            _drop_article(row)
        elif (row.title, row.text) != (said.title, said.text):
            row.title, row.text = said.title, said.text
            row.save()
    Article.objects.bulk_create(
        Article(document=document, number=said.number, title=said.title, text=said.text) for said in wanted.values()
    )


def _drop_article(article: Article) -> None:
    try:
        article.delete()
    except ProtectedError:
        said = _("Article %(number)s is named by other records: it cannot be left out.") % {"number": article.number}
        raise ValidationError({"articles_text": said}, code="article in use") from None
