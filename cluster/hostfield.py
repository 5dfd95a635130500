"""A unit or a whole party of the cluster, one or several in an order: selects, which need no script."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster.formfields import MemberChoices
from cluster.models import Cluster
from cluster.models.briefings import Host, host_key

# Empty rows below those that are filled; a longer order is saved and gone on with.
_SPARE = 6


def _hosts_of(cluster: Cluster) -> tuple[dict[str, Host], list[Any]]:
    """The units and parties of a cluster by their keys, and as a select offers them."""
    members = MemberChoices(cluster)
    parties = list(cluster.parties.all())
    units = {row.unit_id: row.unit for row in members.memberships}
    both: list[Host] = [*parties, *units.values()]
    hosts = {host_key(host): host for host in both}
    grouped = [(group, [(host_key(units[pk]), label) for pk, label in rows]) for group, rows in members.units()]
    return hosts, [*grouped, (_("Whole parties"), [(host_key(party), party.name) for party in parties])]


class HostField(forms.ChoiceField):
    """A unit or a party; its form lets it ``offer`` those of the cluster."""

    hosts: dict[str, Host] = {}

    def offer(self, cluster: Cluster) -> None:
        self.hosts, choices = _hosts_of(cluster)
        self.choices = [("", _("Choose…") if self.required else "–"), *choices]

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else host_key(value)

    def clean(self, value: Any) -> Host | None:
        return self.hosts.get(super().clean(value))


class HostsWidget(forms.MultiWidget):
    use_fieldset = True

    def __init__(self, choices: list[Any], *, rows: int) -> None:
        label = pgettext_lazy("of a briefing", "Host %(number)d")
        super().__init__(
            [
                forms.Select(attrs={"aria-label": label % {"number": number}}, choices=choices)
                for number in range(1, rows + 1)
            ]
        )

    def decompress(self, value: Any) -> list[str]:
        return [host_key(host) for host in value or ()]


class HostsField(forms.MultiValueField):
    """A tuple of units and parties. Empty rows between two are closed up."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(fields=(), require_all_fields=False, widget=HostsWidget([], rows=0), **kwargs)
        self.hosts: dict[str, Host] = {}

    def offer(self, cluster: Cluster, *, rows: int) -> None:
        self.hosts, offered = _hosts_of(cluster)
        choices, count = [("", "–"), *offered], rows + _SPARE
        self.fields = tuple(forms.ChoiceField(choices=choices, required=False) for _number in range(count))
        self.widget = HostsWidget(choices, rows=count)

    def prepare_value(self, value: Any) -> Any:
        """Keys, for Django's widget of many rows takes a tuple for what the rows show already; a row that was not sent
        is none.
        """
        return [row if isinstance(row, str) else host_key(row) if row else "" for row in value or ()]

    def compress(self, data_list: list[str] | None) -> tuple[Host, ...]:
        keys = [key for key in data_list or () if key]
        if len(set(keys)) < len(keys):
            raise ValidationError(_("A host stands in the order once."))
        return tuple(self.hosts[key] for key in keys)
