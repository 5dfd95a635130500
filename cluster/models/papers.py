"""What a cluster's official papers say alike, and the numbers they have taken."""

from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cluster.fields import Line, Paragraphs
from cluster.models.clusters import Cluster, Party
from cluster.validators import no_identity

# How a party's name begins that is not one with its unit: "huyện Lệ Thủy" is the district of Lệ Thủy.
_KINDS = ("huyện ", "thị xã ", "thành phố ", "quận ", "xã ", "phường ", "thị trấn ", "tỉnh ")
# More names than these make no line of a letterhead.
_MOST_NAMES = 4


class PaperSettings(models.Model):
    """What stands on every paper of a cluster's board (Nghị định 30/2020/NĐ-CP, Phụ lục I); texts are one line each.

    ``symbol`` stands behind the abbreviation of the kind: "BC-BĐH". ``capacity`` is said above the head's signature,
    ``deputy_capacity`` above that of a deputy who signs for the head.
    """

    cluster = models.OneToOneField(Cluster, models.PROTECT, related_name="paper_settings", verbose_name=_("cluster"))
    superiors = Paragraphs(
        _("superior bodies"),
        blank=True,
        validators=[no_identity],
        help_text=_("One a line, above the issuing body. Leave empty if the board belongs to none."),
    )
    issuer = Line(_("issuing body"), max_length=200, validators=[no_identity])
    symbol = Line(
        _("abbreviation of the issuing body"),
        max_length=20,
        validators=[no_identity, RegexValidator(r"^[^\s/]+$", _("Without blanks and slashes, such as BĐH."))],
        help_text=_("In the symbol of its papers, such as BĐH in 05/BC-BĐH."),
    )
    place = Line(_("place of issue"), max_length=100, validators=[no_identity])
    capacity = Paragraphs(
        _("capacity of the head"),
        validators=[no_identity],
        help_text=_("The lines above the signature, such as TM. BAN ĐIỀU HÀNH and TRƯỞNG BAN."),
    )
    deputy_capacity = Paragraphs(
        _("capacity of a deputy"),
        validators=[no_identity],
        help_text=_("The lines above the signature, such as KT. TRƯỞNG BAN and PHÓ TRƯỞNG BAN."),
    )
    addressees = Paragraphs(
        _("addressees"),
        blank=True,
        validators=[no_identity],
        help_text=_("One a line, behind “Kính gửi”. Only for a report that goes to a higher body."),
    )
    recipients = Paragraphs(
        _("recipients"), validators=[no_identity], help_text=_("One a line; the last says where the file copy stays.")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("letterhead of a cluster")
        verbose_name_plural = _("letterheads of clusters")
        ordering = ("cluster__name",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(issuer="") & ~Q(symbol="") & ~Q(place=""),
                name="paper_settings_issuer_given",
                violation_error_message=_("Who issues the papers, by which symbol and where, must be given."),
            ),
        )

    def __str__(self) -> str:
        return str(self.cluster)

    @classmethod
    def of(cls, cluster: Cluster) -> Self:
        """As the coordinator has put them, else what can be told from the cluster, not yet saved."""
        stored = cls.objects.filter(cluster=cluster).first()
        return stored or cls.proposed_for(cluster)

    @classmethod
    def proposed_for(cls, cluster: Cluster) -> Self:
        parties = list(cluster.parties.select_related("administrative_unit"))
        names = [short_name(party) for party in parties]
        between = f" {' – '.join(names)}" if 0 < len(names) <= _MOST_NAMES else ""
        board = cluster.get_board_word_display()
        return cls(
            cluster=cluster,
            issuer=f"{board.capitalize()} cụm{between}",
            symbol="BCĐ" if cluster.board_word == Cluster.BoardWord.STEERING else "BĐH",
            place=names[0] if names else "",
            capacity=f"TM. {board.upper()}\nTRƯỞNG BAN",
            deputy_capacity="KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN",
            recipients="\n".join(
                [
                    *(f"UBND, Công an {party.name}" for party in parties if len(parties) <= _MOST_NAMES),
                    f"Thành viên {board.capitalize()} cụm",
                    "Các đơn vị thành viên của cụm",
                    "Lưu: VT",
                ]
            ),
        )

    def symbol_of(self, kind: str) -> str:
        """ "BC-BĐH" for the abbreviation "BC" of a kind of paper."""
        return f"{kind}-{self.symbol}"

    @property
    def capacities(self) -> list[str]:
        """As whom somebody may sign; each of several lines."""
        return [self.capacity, self.deputy_capacity]


def short_name(party: Party) -> str:
    """ "Lệ Thủy" for "huyện Lệ Thủy", as a letterhead names a side."""
    if party.administrative_unit:
        return party.administrative_unit.name
    kind = next((kind for kind in _KINDS if party.name.casefold().startswith(kind)), "")
    return party.name[len(kind) :]


class PaperNumberQuerySet(models.QuerySet["PaperNumber"]):
    def of_series(self, cluster: Cluster, kind: str, year: int) -> Self:
        return self.filter(cluster=cluster, kind=kind, year=year)

    def next(self) -> int:
        """The number behind the last one taken; a gap stays one, for it may stand in a paper register."""
        return (self.aggregate(last=models.Max("number"))["last"] or 0) + 1

    def last_of_series(self) -> Self:
        """The last number of each series, newest year first."""
        later = PaperNumber.objects.filter(
            cluster=models.OuterRef("cluster"),
            kind=models.OuterRef("kind"),
            year=models.OuterRef("year"),
            number__gt=models.OuterRef("number"),
        )
        return self.exclude(models.Exists(later)).order_by("-year", "kind")


class PaperNumber(models.Model):
    """A number that a paper of a cluster's board bears; each kind of paper has its own series a year. Never freed."""

    cluster = models.ForeignKey(
        Cluster, models.PROTECT, db_index=False, related_name="paper_numbers", verbose_name=_("cluster")
    )
    # The abbreviation of Phụ lục III: BC, BB, KH, TB, QĐ, …
    kind = Line(_("kind of paper"), max_length=10)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    abstract = Line(_("abstract"), max_length=300, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("taken by")
    )
    taken_at = models.DateTimeField(_("taken at"))

    objects = PaperNumberQuerySet.as_manager()

    class Meta:
        verbose_name = _("number of a paper")
        verbose_name_plural = _("numbers of papers")
        ordering = ("cluster", "-year", "kind", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "kind", "year", "number"),
                name="paper_number_once_a_series",
                violation_error_message=_("This number is already taken in the series of that year."),
            ),
            models.CheckConstraint(condition=Q(number__gte=1) & ~Q(kind=""), name="paper_number_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.number:02d}/{self.kind} ({self.year})"
