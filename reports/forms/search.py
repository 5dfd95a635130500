"""What is asked of the search, in its address."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from cluster.filters import ALL, Filter, SearchInput
from cluster.models import Cluster
from cluster.search import Source
from patrols.models import JointPatrol


class SearchForm(Filter):
    q = forms.CharField(
        label=_("Words, number or symbol"),
        required=False,
        max_length=100,
        widget=SearchInput(attrs={"autocomplete": "off"}),
        help_text=_("Marks and capitals may be left out: “tuan tra”, “le thuy”, “5/BC”."),
    )
    kind = forms.ChoiceField(label=_("Kind of record"), required=False)

    def __init__(self, *args: Any, cluster: Cluster, sources: Iterable[Source], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["kind"].choices = [ALL, *((source.key, source.title) for source in sources)]
        first = JointPatrol.objects.of(cluster).aggregate(day=Min("local_date"))["day"] or today
        fields["year"].choices = [ALL, *((year, str(year)) for year in range(today.year, first.year - 1, -1))]
        self.order_fields(["q", "kind", "year"])
