"""The plans of the sample have something to show in each of its years."""

from cluster.models import Cluster
from reports.models import Target, Workplan
from reports.periods import Period
from reports.progress import plans_of, progress_of
from reports.sample.load import load_sample
from reports.sample.tables import CLUSTERS

PASSWORD = "mot-mat-khau-dai"


def test_sample_has_a_plan_for_each_year_once(db):
    for _ in range(2):
        load_sample(password=PASSWORD)
    cluster = Cluster.objects.get(slug=CLUSTERS[0])
    assert Workplan.objects.of(cluster).count() == 3
    assert [plans_of(cluster, Period.of_year(cluster, year)).count() for year in (2016, 2017, 2018)] == [1, 1, 1]
    (plan,) = plans_of(cluster, Period.of_year(cluster, 2017))
    assert (plan.number_symbol, plan.approved_by) == ("01/KH-BĐH (mẫu)", "Công an hai huyện")
    steps = {(step.label, step.scope): step for step in progress_of(plan).steps}
    patrols = next(step for (label, scope), step in steps.items() if step.amount == 24)
    assert (patrols.done.value, patrols.is_reached) == (25, True)
    assert Target.objects.filter(workplan=plan).count() == len(steps)
