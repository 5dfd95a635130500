"""Who writes a register."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cluster.access import Rights
from cluster.registers.register import Register


def for_writers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Those who write this register, asked before the method is: behind ``in_cluster``."""

    @wraps(view)
    def wrapper(request: HttpRequest, rights: Rights, register: Register, **kwargs: Any) -> HttpResponse:
        if not register.may_write(rights):
            raise PermissionDenied(_("You do not have the right to do this."))
        return view(request, rights, register, **kwargs)

    return wrapper
