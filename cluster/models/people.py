"""Who: users and the postings that give them rights."""

import datetime as dt
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line
from cluster.models.clusters import Cluster, MemberUnit, Party
from cluster.models.units import AdministrativeUnit, PoliceUnit, UnitSuccession


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """The first administrator: a user who holds the posting, so that it can be closed like any other."""
        user = self.create_user(username, password, **fields)
        user.postings.create(role=Posting.Role.ADMINISTRATOR, valid_from=timezone.localdate())
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class UserHistory(HistoricalRecords):
    """Signing in says when somebody was last here, not who they are or what they may do: no entry for that."""

    def post_save(self, instance: models.Model, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("update_fields") != frozenset({"last_login"}):
            super().post_save(instance, *args, **kwargs)


class User(AbstractBaseUser):
    """Somebody who may sign in. What they may do is said by their postings alone."""

    username = models.CharField(_("username"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    full_name = Line(_("full name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    # Of mails, and of the pages when signing in anew. Empty: never chosen.
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, blank=True, default="")
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Untick instead of deleting: history keeps pointing here.")
    )
    search = Folded(of=("username", "full_name"))
    history = UserHistory(excluded_fields=["full_name", "email", "password", "last_login", "language", "search"])

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("username",)
        constraints = (
            models.CheckConstraint(condition=~Q(username=""), name="user_username_given"),
            models.CheckConstraint(condition=Q(language__in=("", "vi", "en")), name="user_language_known"),
        )

    def __str__(self) -> str:
        return self.full_name or self.username

    @property
    def is_staff(self) -> bool:
        """Whether Django admin opens: read anew at each request, so a closed posting acts at once."""
        return self.is_active and self.postings.active().filter(role=Posting.Role.ADMINISTRATOR).exists()

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class PostingQuerySet(models.QuerySet["Posting"]):
    def active(self, day: dt.date | None = None) -> Self:
        """The postings that hold on the day (today, if none is given) of users who may sign in."""
        day = day or timezone.localdate()
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, user__is_active=True)

    def lasting_administrators(self) -> Self:
        """Administrators today and without a last day: while there is one, nobody is locked out."""
        return self.active().filter(role=Posting.Role.ADMINISTRATOR, valid_to__isnull=True)


class Posting(models.Model):
    """A role of a user, at a unit, party, cluster or province, from a day to a day (design.md, "Roles")."""

    class Role(models.TextChoices):
        RECORDER = "recorder", _("recorder")
        COORDINATOR = "coordinator", _("coordinator")
        LEADER = "leader", _("leader")
        OBSERVER = "observer", _("observer")
        ADMINISTRATOR = "administrator", _("administrator")

    user = models.ForeignKey(User, models.PROTECT, related_name="postings", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=15, choices=Role.choices)
    unit = models.ForeignKey(
        PoliceUnit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("unit"),
        help_text=_("Recorder: of this unit."),
    )
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("party"),
        help_text=_("Leader: of this party."),
    )
    cluster = models.ForeignKey(
        Cluster,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("cluster"),
        help_text=_("Coordinator: of this cluster."),
    )
    province = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("province"),
        limit_choices_to={"kind": AdministrativeUnit.Kind.PROVINCE},
        help_text=_("Observer: of this province; empty: of the country."),
    )
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)
    valid_to = models.DateField(_("last valid day"), null=True, blank=True)
    history = HistoricalRecords()

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        ordering = ("user", "role", "valid_from")
        constraints = (
            models.CheckConstraint(
                condition=Q(role="recorder", unit__isnull=False, party=None, cluster=None, province=None)
                | Q(role="leader", unit=None, party__isnull=False, cluster=None, province=None)
                | Q(role="coordinator", unit=None, party=None, cluster__isnull=False, province=None)
                | Q(role="observer", unit=None, party=None, cluster=None)
                | Q(role="administrator", unit=None, party=None, cluster=None, province=None),
                name="posting_place_fits_role",
                violation_error_message=_(
                    "A recorder needs a unit, a leader a party, a coordinator a cluster, and nothing else."
                ),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="posting_validity_in_order",
                violation_error_message=_("The last valid day is before the first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.place}" if self.place else str(self.get_role_display())

    @property
    def place(self) -> models.Model | None:
        """What the role is held at; an administrator's is held nowhere in particular."""
        return self.unit or self.party or self.cluster or self.province

    # The field that says where a role is held.
    _PLACE_OF = {
        Role.RECORDER: "unit",
        Role.LEADER: "party",
        Role.COORDINATOR: "cluster",
        Role.OBSERVER: "province",
    }

    def clean(self) -> None:
        """What posting_place_fits_role refuses, said at the field."""
        if not self.role:
            return
        fitting = self._PLACE_OF.get(self.Role(self.role))
        errors = {
            name: _("This role is not held here: leave it empty.")
            for name in self._PLACE_OF.values()
            if name != fitting and getattr(self, f"{name}_id")
        }
        if fitting and self.role != self.Role.OBSERVER and not getattr(self, f"{fitting}_id"):
            errors[fitting] = _("This role needs an entry here.")
        if errors:
            raise ValidationError(errors)


def cluster_ids_opened_by(postings: Iterable[Posting]) -> set[int]:
    """The keys of the clusters that these postings open; the postings come with their party.

    A recorder's unit opens each cluster that it is or was a member of, so that its own past stays readable.
    """
    postings = list(postings)
    ids = {posting.cluster_id for posting in postings if posting.cluster_id}
    ids |= {posting.party.cluster_id for posting in postings if posting.party}
    if units := {posting.unit_id for posting in postings if posting.unit_id}:
        ids |= set(MemberUnit.objects.filter(unit__in=units).values_list("party__cluster_id", flat=True))
    if observed := [posting.province_id for posting in postings if posting.role == Posting.Role.OBSERVER]:
        ids |= _observed_cluster_ids(observed)
    return ids


def _observed_cluster_ids(province_ids: list[int | None]) -> set[int]:
    """A province reads through to those merged into it, so that a merger hides no past cluster."""
    if None in province_ids:
        return set(Cluster.objects.values_list("pk", flat=True))
    provinces = set(province_ids)
    while more := set(
        UnitSuccession.objects.filter(new__in=provinces).exclude(old__in=provinces).values_list("old", flat=True)
    ):
        provinces |= more
    # By its parties, and by its members where a party is no administrative unit itself.
    places = ("administrative_unit", "members__unit__administrative_unit")
    in_province = reduce(
        or_,
        (
            Q(**{f"{place}{parents}__in": provinces})
            for place in places
            for parents in ("", "__parent", "__parent__parent")
        ),
    )
    return set(Party.objects.filter(in_province).values_list("cluster_id", flat=True))
