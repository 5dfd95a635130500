"""The registers whose pages read figures, behind those of the cluster's life."""

from cluster.registers import REGISTERS as OF_THE_CLUSTER
from reports.registers.workplans import WORKPLANS

REGISTERS = (WORKPLANS, *OF_THE_CLUSTER)

__all__ = ["REGISTERS", "WORKPLANS"]
