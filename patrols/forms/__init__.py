"""The forms of the patrols app."""

from patrols.forms.answers import AnswerForm, CorrectionForm
from patrols.forms.campaign import CampaignForm
from patrols.forms.choices import PatrolChoices
from patrols.forms.filters import PatrolFilterForm
from patrols.forms.patrol import PatrolForm
from patrols.forms.photograph import PhotographForm
from patrols.forms.plan import PlanForm
from patrols.forms.put_off import AgainForm, CancelForm, PostponeForm
from patrols.forms.questions import Question, questions_of
from patrols.forms.reason import ReasonForm
from patrols.forms.usual import UsualShift, chosen_shift, usual_shifts

__all__ = [
    "AgainForm",
    "AnswerForm",
    "CampaignForm",
    "CancelForm",
    "CorrectionForm",
    "PatrolChoices",
    "PatrolFilterForm",
    "PatrolForm",
    "PhotographForm",
    "PlanForm",
    "PostponeForm",
    "Question",
    "ReasonForm",
    "UsualShift",
    "chosen_shift",
    "questions_of",
    "usual_shifts",
]
