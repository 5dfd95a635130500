"""The administrator's pages, every address of them: nobody else opens one (security.md 12)."""

import re
from fnmatch import fnmatchcase
from itertools import product

import pytest
from django.apps import apps

from cluster.models import UnitSuccession
from cluster.tests.addresses import Address, addresses
from cluster.tests.factories import make_administrative_unit, make_border
from reports.tests.world import A_DAY, ROLES

# What an administrator is answered, to a POST of an empty form; a delete is nobody's. Whoever else has signed in gets
# a 403, and who has not is led to the sign-in page, from two of them by way of /admin/. The first pattern that fits
# speaks.
TABLE = """
admin:index                GET 200 POST 200
admin:login                GET 302 POST 302 anonymous 302
admin:logout               GET 405 POST 302 anonymous 302
admin:password_change      GET 302 POST 302
admin:password_change_done GET 200 POST 405
admin:autocomplete         GET 403 POST 405
admin:jsi18n               GET 200 POST 405
admin:view_on_site         GET 404 POST 404
admin:app_list             GET 200 POST 200
admin:*_changelist         GET 200 POST 200
admin:*_add                GET 200 POST 200
admin:*_history            GET 200 POST 200
admin:*_delete             GET 403 POST 403
admin:*_change             GET 200 POST 200
admin:*_password           GET 200 POST 200
admin/*<path:object_id>/   GET 302 POST 302
admin/(?P<url>.*)$         GET 404 POST 404
"""
ROWS = {
    name: dict(zip(words[::2], words[1::2], strict=True)) for name, *words in map(str.split, TABLE.strip().splitlines())
}
# The one that signs out comes last.
ADMIN = sorted((a for a in addresses() if a.is_admin), key=lambda address: address.name == "admin:logout")


def row_of(address: Address) -> dict[str, str]:
    return next((row for pattern, row in ROWS.items() if fnmatchcase(address.name, pattern)), {})


def path_of(address: Address) -> str:
    """The address with the first row of its model."""
    filled = {"app_label": "cluster", "content_type_id": "1", "object_id": "1", "url": "nowhere"}
    if found := re.match(r"admin/(\w+)/(\w+)/<path:object_id>", address.pattern):
        filled["object_id"] = str(apps.get_model(found[1], found[2])._default_manager.values_list("pk")[0][0])
    pattern = re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", address.pattern)
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: filled[found[1]], pattern).replace("^", "").replace("$", "")


def test_matrix_has_a_row_for_every_address():
    assert [address.name for address in ADMIN if not row_of(address)] == []
    assert [name for name in ROWS if not any(fnmatchcase(address.name, name) for address in ADMIN)] == []


@pytest.mark.parametrize("role", ROLES)
def test_matrix_holds(world, role):
    old, new = make_administrative_unit(valid_to=A_DAY), make_administrative_unit()
    UnitSuccession.objects.create(old=old, new=new, effective_date=A_DAY, kind=UnitSuccession.Kind.RENAME)
    make_border(one=old, other=new)
    client, differing = world.client(role), {}
    for address, method in product(ADMIN, ("GET", "POST")):
        row = row_of(address)
        wanted = {"anonymous": row.get("anonymous", "login"), "administrator": row[method]}.get(role, "403")
        answer = world.answer(client, method, path_of(address))
        if answer != wanted:
            differing[f"{method} {address.name}"] = f"{answer}, not {wanted}"
    assert differing == {}
