"""What a list may be narrowed by. A field in error narrows nothing and says so."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cluster.models import UNKNOWN_START

ALL = ("", _("All"))


class Filter(forms.Form):
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def offer_years(self, rows: QuerySet, date_field: str, last_field: str = "") -> None:
        """Those of the dates; with a field of last days, those between them as well."""
        years = [day.year for day in rows.dates(date_field, "year", order="DESC") if day != UNKNOWN_START]
        if last_field:
            ends = [day.year for day in rows.dates(last_field, "year")]
            known = [*years, *ends]
            years = list(range(max(known), min(known) - 1, -1)) if known else []
        field: Any = self.fields["year"]
        field.choices = [ALL, *((year, str(year)) for year in years)]

    def chosen(self) -> dict[str, Any]:
        """What was chosen and is valid, by field."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SearchInput(forms.TextInput):
    input_type = "search"
