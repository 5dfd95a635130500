"""The administrator's pages: units, people, rights and catalogues; never what happened on a patrol."""

from cluster.admin import clusters, people, units

__all__ = ["clusters", "people", "units"]
