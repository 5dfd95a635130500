"""The pages of the registers that read figures; by their nouns alone, as those of cluster/urls.py."""

from cluster.views.registers import pages_of
from reports.registers import WORKPLANS

urlpatterns = pages_of(WORKPLANS)
