"""Which communes touch across a line, and how long they do: no map, the list of official data (facts.md 5.5)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cluster.fields import Line
from cluster.models.clusters import Cluster, MemberUnit
from cluster.models.units import AdministrativeUnit, Validity, ValidityQuerySet, validity_in_order


class BorderPairQuerySet(ValidityQuerySet):
    def of(self, cluster: Cluster, day: dt.date) -> "list[BorderPair]":
        """The pairs of the day of which each side is the place of a member unit, each in another party."""
        members = MemberUnit.objects.on(day).filter(party__cluster=cluster)
        places = dict(members.values_list("unit__administrative_unit", "party"))
        pairs: Any = self.valid_on(day).filter(one__in=places, other__in=places).select_related("one", "other")
        return [pair for pair in pairs if places[pair.one_id] != places[pair.other_id]]


class BorderPair(Validity):
    """Two administrative units that touch. Lengths are in km and derived, mostly no better than a range."""

    class Confidence(models.TextChoices):
        HIGH = "high", _("high")
        FAIR = "fair", _("fairly high")
        MEDIUM = "medium", _("medium")
        LOW = "low", _("uncertain")

    one = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    other = models.ForeignKey(AdministrativeUnit, models.PROTECT, related_name="+", verbose_name=_("neighbour"))
    shortest_km = models.DecimalField(
        _("length at least (km)"), max_digits=6, decimal_places=1, validators=[MinValueValidator(Decimal(0))]
    )
    longest_km = models.DecimalField(
        _("length at most (km)"), max_digits=6, decimal_places=1, validators=[MinValueValidator(Decimal(0))]
    )
    confidence = models.CharField(_("confidence"), max_length=10, choices=Confidence.choices, default=Confidence.MEDIUM)
    note = Line(_("remark"), max_length=200, blank=True)
    method = Line(_("source and method"), max_length=400, blank=True)
    history = HistoricalRecords()

    objects = BorderPairQuerySet.as_manager()

    class Meta:
        verbose_name = _("common border")
        verbose_name_plural = _("common borders")
        ordering = ("one__name", "other__name", "valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("one", "other", "valid_from"),
                name="border_pair_once_a_start",
                violation_error_message=_("This common border is already there."),
            ),
            models.CheckConstraint(
                condition=~Q(one=F("other")),
                name="border_pair_of_two_units",
                violation_error_message=_("A unit does not touch itself."),
            ),
            models.CheckConstraint(
                condition=Q(shortest_km__gte=0, longest_km__gte=F("shortest_km")),
                name="border_pair_lengths_in_order",
                violation_error_message=_("The greater length is smaller than the lesser one."),
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=("high", "fair", "medium", "low")), name="border_pair_confidence_known"
            ),
            validity_in_order("border_pair_validity_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"

    @property
    def length(self) -> str:
        return km_in_words(self.shortest_km, self.longest_km)


def km_in_words(shortest: Decimal, longest: Decimal) -> str:
    """ "0,5–1,2 km", or "2,4 km" where both are the same."""
    ends = dict.fromkeys((shortest, longest))
    return "–".join(number_format(km.normalize() if km else 0) for km in ends) + " km"
