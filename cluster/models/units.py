"""Where: administrative units with validity and succession, police units and their forces and officers."""

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line, fold

# Counting rule 9: a start of validity that is not known is stored as this day and shown as unknown.
UNKNOWN_START = dt.date(1900, 1, 1)


class ValidityQuerySet(models.QuerySet):
    """Rows with ``valid_from`` and ``valid_to``; ``valid_to`` is the last valid day."""

    def valid_on(self, day: dt.date) -> Self:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def matching(self, text: str) -> Self:
        """Rows whose folded search text holds every word of ``text``, marks and case ignored."""
        found = self
        for word in fold(text).split():
            found = found.filter(search__contains=word)
        return found


class Validity(models.Model):
    """Abstract: a row that is valid from a day to a day, both inclusive."""

    valid_from = models.DateField(_("valid from"), default=UNKNOWN_START, help_text=_("01/01/1900: not known."))
    valid_to = models.DateField(_("last valid day"), null=True, blank=True)

    class Meta:
        abstract = True

    def is_valid_on(self, day: dt.date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def validity_in_order(name: str) -> models.CheckConstraint:
    """The named constraint that a validity does not end before it starts."""
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        name=name,
        violation_error_message=_("The last valid day is before the first."),
    )


class AdministrativeUnit(Validity):
    """A unit of the official list. Codes are reused: (code, valid from) is the key, never the code alone."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("province")
        DISTRICT = "district", _("district")
        COMMUNE = "commune", _("commune")
        TOWNSHIP = "township", _("township")
        WARD = "ward", _("ward")

    code = Line(_("official code"), max_length=10)
    name = Line(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    legal_basis = Line(_("legal basis"), max_length=300, blank=True)
    note = Line(_("note"), max_length=300, blank=True)
    search = Folded(of=("code", "full_name"))
    history = HistoricalRecords()

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("administrative unit")
        verbose_name_plural = _("administrative units")
        ordering = ("name", "valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("code", "valid_from"),
                name="administrative_unit_code_once_a_start",
                violation_error_message=_("This code already has a unit that starts on that day."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("province", "district", "commune", "township", "ward")),
                name="administrative_unit_kind_known",
            ),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name=""), name="administrative_unit_code_and_name"),
            validity_in_order("administrative_unit_validity_in_order"),
        )

    def __str__(self) -> str:
        return self.full_name

    # The official word before the name, as documents write it; a name, so it is not translated.
    _WORDS = {
        Kind.PROVINCE: "tỉnh",
        Kind.DISTRICT: "huyện",
        Kind.COMMUNE: "xã",
        Kind.TOWNSHIP: "thị trấn",
        Kind.WARD: "phường",
    }

    @property
    def full_name(self) -> str:
        """The kind and the name, as in "xã Sen Thủy"."""
        return f"{self._WORDS.get(self.Kind(self.kind), '')} {self.name}" if self.kind else self.name

    @property
    def is_commune_level(self) -> bool:
        return self.kind in (self.Kind.COMMUNE, self.Kind.TOWNSHIP, self.Kind.WARD)

    def clean(self) -> None:
        others = AdministrativeUnit.objects.filter(code=self.code).exclude(pk=self.pk)
        if self.valid_from and any(overlaps(self, other) for other in others):
            raise ValidationError({"code": _("Another unit bears this code in the same time.")}, code="overlap")

    def expiry_warning(self, day: dt.date) -> str:
        """That the unit had ended before the day, and what it became; empty while it is valid."""
        if not self.valid_to or self.valid_to >= day:
            return ""
        successors = AdministrativeUnit.objects.filter(predecessions__old=self).order_by("name")
        return gettext("The administrative unit %(name)s ended before %(date)s; its successor is %(successor)s.") % {
            "name": self,
            "date": f"{self.valid_to + dt.timedelta(days=1):%d/%m/%Y}",
            "successor": ", ".join(str(unit) for unit in successors) or "–",
        }


def overlaps(one: Validity, other: Validity) -> bool:
    """Whether two validities share a day."""
    return (one.valid_to is None or other.valid_from <= one.valid_to) and (
        other.valid_to is None or one.valid_from <= other.valid_to
    )


class UnitSuccession(models.Model):
    """An old unit that went, whole or in part, into a new one on a day. Several rows tell one change, n to n."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("merged into")
        SPLIT = "split", _("split into")
        RENAME = "rename", _("renamed")

    old = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="successions", verbose_name=_("old unit"))
    new = models.ForeignKey(
        AdministrativeUnit, models.PROTECT, related_name="predecessions", verbose_name=_("new unit")
    )
    effective_date = models.DateField(_("effective date"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    legal_basis = Line(_("legal basis"), max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("succession of units")
        verbose_name_plural = _("successions of units")
        ordering = ("effective_date", "new", "old")
        constraints = (
            models.UniqueConstraint(
                fields=("old", "new"),
                name="unit_succession_once",
                violation_error_message=_("This succession is already there."),
            ),
            models.CheckConstraint(
                condition=~Q(old=F("new")),
                name="unit_succession_of_two_units",
                violation_error_message=_("A unit cannot succeed itself."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("merge", "split", "rename")), name="unit_succession_kind_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"

    def clean(self) -> None:
        if not (self.effective_date and self.old_id and self.new_id):
            return
        if self.old.valid_to != self.effective_date - dt.timedelta(days=1):
            raise ValidationError({"old": _("The old unit must end on the day before.")}, code="dates")
        if self.new.valid_from != self.effective_date:
            raise ValidationError({"new": _("The new unit must start on that day.")}, code="dates")


class Force(Validity):
    """A force of the dated catalogue (facts.md 1.6), such as regular commune police or militia."""

    name = Line(_("name"), max_length=100)
    note = Line(_("source and note"), max_length=300, blank=True)
    search = Folded(of=("name",))
    history = HistoricalRecords()

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("force")
        verbose_name_plural = _("forces")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("name",),
                name="force_name_once",
                violation_error_message=_("A force of this name is already there."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="force_name_given"),
            validity_in_order("force_validity_in_order"),
        )

    def __str__(self) -> str:
        return self.name


class PoliceUnit(Validity):
    """A police unit, of an administrative unit or, where that has no official code here, known within one cluster."""

    name = Line(_("name"), max_length=150)
    administrative_unit = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="police_units",
        verbose_name=_("administrative unit"),
    )
    cluster = models.ForeignKey(
        "cluster.Cluster",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="own_units",
        verbose_name=_("known within the cluster"),
        help_text=_("Only for a unit without an official code."),
    )
    search = Folded(of=("name",))
    history = HistoricalRecords()

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("police unit")
        verbose_name_plural = _("police units")
        ordering = ("name", "valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("administrative_unit", "name", "valid_from"),
                name="police_unit_once_a_start",
                violation_error_message=_("This police unit is already there."),
            ),
            models.UniqueConstraint(
                fields=("cluster", "name"),
                name="police_unit_name_once_a_cluster",
                violation_error_message=_("The cluster already has a unit of this name."),
            ),
            models.CheckConstraint(
                condition=Q(administrative_unit__isnull=False, cluster__isnull=True)
                | Q(administrative_unit__isnull=True, cluster__isnull=False),
                name="police_unit_of_unit_or_cluster",
                violation_error_message=_("Name either the administrative unit or the cluster that knows it."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="police_unit_name_given"),
            validity_in_order("police_unit_validity_in_order"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def place(self) -> str:
        """The name of the place without the word for its police, as in "xã Sen Thủy"."""
        return self.administrative_unit.full_name if self.administrative_unit else self.name

    @property
    def is_commune_level(self) -> bool:
        """Counting rule 11: a unit without an official code counts as a commune, district police as none."""
        return self.administrative_unit is None or self.administrative_unit.is_commune_level

    def absence_warning(self, day: dt.date) -> str:
        return gettext("The unit %(name)s did not exist on %(date)s.") % {"name": self, "date": f"{day:%d/%m/%Y}"}

    def outsider_warning(self, day: dt.date) -> str:
        """Why the unit, no member of the cluster on the day, is unlikely, and which unit it may have become."""
        expired = self.administrative_unit.expiry_warning(day) if self.administrative_unit else ""
        return expired or gettext("The unit %(name)s does not belong to the cluster on %(date)s.") % {
            "name": self,
            "date": f"{day:%d/%m/%Y}",
        }


class Officer(models.Model):
    """A person in service of a unit. The name stands in this one row only, so that it can be mended or erased."""

    name = Line(_("name"), max_length=100)
    rank = Line(_("rank"), max_length=50, blank=True)
    post = Line(_("post"), max_length=100, blank=True)
    unit = models.ForeignKey(PoliceUnit, models.PROTECT, related_name="officers", verbose_name=_("unit"))
    active_from = models.DateField(_("active from"), default=UNKNOWN_START, help_text=_("01/01/1900: not known."))
    active_to = models.DateField(_("last active day"), null=True, blank=True)
    search = Folded(of=("name",))
    history = HistoricalRecords(excluded_fields=["name", "search"])

    class Meta:
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="officer_name_given"),
            models.CheckConstraint(
                condition=Q(active_to__isnull=True) | Q(active_to__gte=F("active_from")),
                name="officer_activity_in_order",
                violation_error_message=_("The last active day is before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.name
