"""Photographs of the signed paper: attached once, hidden rather than removed."""

import datetime as dt
import hashlib
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from cluster.access import Rights
from cluster.models import User
from patrols.models import JointPatrol, Photograph
from patrols.models.photographs import stored_name


def may_attach(rights: Rights, patrol: JointPatrol) -> bool:
    """A recorder of a unit that took part, led or recorded the patrol, and a coordinator."""
    if not rights.logs or rights.coordinates:
        return rights.coordinates
    return bool(rights.unit_ids.intersection(_units_of(patrol)))


def may_remove(rights: Rights, photograph: Photograph) -> bool:
    """A recorder of the unit that attached it, and a coordinator."""
    return rights.coordinates or (rights.logs and photograph.added_unit_id in rights.unit_ids)


def attach_photograph(
    *, patrol: JointPatrol, client_id: uuid.UUID, kind: str, content: bytes, rights: Rights, now: dt.datetime
) -> tuple[Photograph, bool]:
    """Keep the file and then the row that names it. Returns the photograph and whether it is new.

    The same file twice on one patrol is one photograph, and so is the same form twice; another file under the id of
    a form that was sent before gets an id of its own, so that neither is lost. Who reads the row finds the file: it
    is on the disk before the row is written, and goes again if the row is not.
    """
    digest = hashlib.sha256(content).hexdigest()
    if known := _known(patrol, client_id=client_id, digest=digest):
        return known, False
    photograph = Photograph(client_id=_free_id(client_id), patrol=patrol, kind=kind, size=len(content), sha256=digest)
    photograph.added_by, photograph.added_at = rights.user, now
    # A coordinator without a unit there adds it for the cluster.
    photograph.added_unit_id = next((pk for pk in _units_of(patrol) if pk in rights.unit_ids), None)
    photograph.file.name = default_storage.save(stored_name(photograph, ""), ContentFile(content))
    is_written = False
    try:
        with transaction.atomic():
            photograph.save(force_insert=True)
        is_written = True
    except IntegrityError:
        # A second copy that came at the same moment.
        if known := _known(patrol, client_id=client_id, digest=digest):
            return known, False
        raise
    finally:
        # Where the database cannot be asked, the file stays: one too many is better than one too few.
        if not is_written and not Photograph.objects.filter(file=photograph.file.name).exists():
            default_storage.delete(photograph.file.name)
    return photograph, True


def _free_id(client_id: uuid.UUID) -> uuid.UUID:
    return uuid.uuid4() if Photograph.objects.filter(client_id=client_id).exists() else client_id


def _known(patrol: JointPatrol, *, client_id: uuid.UUID, digest: str) -> Photograph | None:
    same = patrol.photographs.filter(sha256=digest)
    return same.filter(deleted_at=None).first() or same.filter(client_id=client_id).first()


def _units_of(patrol: JointPatrol) -> list[int | None]:
    """The keys, in the order in which one of them is the unit for which something is added."""
    return [patrol.lead_unit_id, patrol.recorded_unit_id, *(line.unit_id for line in patrol.contingents.all())]


@transaction.atomic
def remove_photograph(photograph: Photograph, *, by: User, now: dt.datetime) -> None:
    """Hide it from the patrol; the file stays, and who hid it when."""
    rows = Photograph.objects.filter(pk=photograph.pk, deleted_at=None)
    rows.update(deleted_at=now, deleted_by=by)
