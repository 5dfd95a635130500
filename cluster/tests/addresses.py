"""Every address of the project, read from the URL resolver."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver


class Address(NamedTuple):
    """``name`` with its namespace; without a name, the pattern stands for it."""

    name: str
    pattern: str
    view: Callable[..., Any]

    @property
    def is_admin(self) -> bool:
        """Under the admin site, which asks for its administrators itself."""
        return self.pattern.startswith("admin/")


@cache
def addresses() -> tuple[Address, ...]:
    return tuple(_walk(get_resolver().url_patterns, prefix="", namespace=""))


def own_addresses() -> list[Address]:
    """Those that we wrote: all but the admin's."""
    return [address for address in addresses() if not address.is_admin]


def _walk(patterns: list[URLPattern | URLResolver], *, prefix: str, namespace: str) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, prefix=route, namespace=inner)
        else:
            yield Address(f"{namespace}{pattern.name}" if pattern.name else route, route, pattern.callback)
