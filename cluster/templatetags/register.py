"""The addresses of a register's pages, for the templates that serve all of them."""

from django import template
from django.urls import reverse

from cluster.models import Cluster
from cluster.models.records import RegisterRecord
from cluster.registers import Register

register = template.Library()


@register.simple_tag
def register_address(of: Register, page: str, cluster: Cluster, record: RegisterRecord | None = None) -> str:
    """``page`` is list, new, workbook, detail, edit or delete."""
    return reverse(f"{of.noun}_{page}", args=[cluster.slug, *([record.client_id] if record else [])])
