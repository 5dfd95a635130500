"""What becomes of a plan: postponed, cancelled, planned again."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster.formfields import ClockTimeField, LocalDateField
from cluster.validators import no_identity
from patrols.forms.fields import EndTimeField, NfcField
from patrols.forms.plan import day_ahead, hours_on
from patrols.models import JointPatrol
from patrols.services import Hours

Status = JointPatrol.Status


class CancelForm(forms.Form):
    """Why; everybody who reads the schedule reads it."""

    begins_at: tuple[str, ...] = (Status.SCHEDULED, Status.POSTPONED)

    reason = NfcField(
        label=gettext_lazy("Reason"),
        max_length=300,
        validators=[no_identity],
        help_text=gettext_lazy("Shown to everybody who reads the schedule."),
    )

    def __init__(self, *args: Any, patrol: JointPatrol, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patrol, self.today = patrol, timezone.localdate(now)

    @property
    def is_closed(self) -> bool:
        """Whether the patrol no longer stands where this form begins."""
        return self.patrol.status not in self.begins_at

    @property
    def hours(self) -> Hours | None:
        """The new ones; of a valid form."""
        return None


class PostponeForm(CancelForm):
    """With a date and a start the patrol stays in the schedule; without, it is put off until somebody knows."""

    date = LocalDateField(label=gettext_lazy("New date"), required=False)
    start = ClockTimeField(label=gettext_lazy("Start"), required=False)
    end = EndTimeField(label=gettext_lazy("End"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, moment in (("start", self.patrol.planned_start), ("end", self.patrol.planned_end)):
            self.initial.setdefault(name, timezone.localtime(moment).time() if moment else None)

    def clean_date(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["date"]
        return day_ahead(day, today=self.today) if day else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("date") and not cleaned.get("start") and "start" not in self.errors:
            self.add_error("start", _("Say at what time."))
        return cleaned

    @property
    def hours(self) -> Hours | None:
        cleaned = self.cleaned_data
        return hours_on(cleaned["date"], cleaned["start"], cleaned["end"]) if cleaned["date"] else None


class AgainForm(PostponeForm):
    """A date is needed, a reason is not."""

    begins_at = (Status.POSTPONED, Status.CANCELLED)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["date"].required = self.fields["start"].required = True
        self.fields["reason"].required = False
        self.fields["reason"].label = _("Remark")
