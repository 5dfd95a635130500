"""The models of the reports app, split by idea."""

from reports.models.reviews import Amendment, Countersignature, Return, Review, Section
from reports.models.uploads import UploadedWorkbook

__all__ = ["Amendment", "Countersignature", "Return", "Review", "Section", "UploadedWorkbook"]
