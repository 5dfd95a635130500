"""The sample accounts and what they are posted to.

Those that may not sign in stand for the units without an account of their own: somebody has to confirm their lines.
"""

from typing import Any

from django.contrib.auth.hashers import check_password, make_password

from cluster.models import AdministrativeUnit, Cluster, Party, PoliceUnit, Posting, User
from cluster.services import save_with_history
from reports.sample.once import by_name, once
from reports.sample.tables import Row, day, day_or_none, table

_ROLES = {
    "Ghi sổ": Posting.Role.RECORDER,
    "Điều phối": Posting.Role.COORDINATOR,
    "Lãnh đạo": Posting.Role.LEADER,
    "Theo dõi": Posting.Role.OBSERVER,
    "Quản trị": Posting.Role.ADMINISTRATOR,
}
_UNUSABLE = "!"

Accounts = dict[str, User]


def load_accounts(*, password: str) -> Accounts:
    """The accounts by name; those that may sign in get the password."""
    rows = {row["Tài khoản"]: row for row in table("accounts.csv")}
    accounts = {name: user for name, row in rows.items() if (user := _account(row))}
    _set_passwords([accounts[name] for name in accounts if rows[name]["Đăng nhập"] == "có"], password)
    return accounts


def _account(row: Row) -> User | None:
    fields = {"full_name": row["Họ tên"], "is_active": row["Đăng nhập"] == "có", "password": _UNUSABLE}
    # Of a domain that takes no mail (RFC 2606); the demo shows its mails in the output.
    fields["email"] = f"{row['Tài khoản']}@example.org" if fields["is_active"] else ""
    return once(User, by=None, fields=fields, username=row["Tài khoản"])


def _set_passwords(users: list[User], password: str) -> None:
    """All share one hash, made and checked once: Argon2 is slow by design, and it is one password anyway."""
    right = {encoded: check_password(password, encoded) for encoded in {user.password for user in users}}
    wrong = [user for user in users if not right[user.password]]
    encoded = make_password(password) if wrong else ""
    for user in wrong:
        user.password = encoded
        save_with_history(user, by=None)


def load_postings(accounts: Accounts, clusters: dict[str, Cluster], *, by: User | None) -> None:
    units = by_name(PoliceUnit)
    for row in table("accounts.csv"):
        user, role = accounts.get(row["Tài khoản"]), _ROLES[row["Vai trò"]]
        place = _place(role, row["Nơi"], units=units, clusters=clusters)
        if user and place is not None:
            dates = {"valid_from": day(row["Từ ngày"]), "valid_to": day_or_none(row["Đến ngày"])}
            once(Posting, by=by, fields=dates, user=user, role=role, **place)


def _place(
    role: str, text: str, *, units: dict[str, PoliceUnit], clusters: dict[str, Cluster]
) -> dict[str, Any] | None:
    """The place of the posting in its own fields; None if somebody removed it."""
    nowhere: dict[str, Any] = {"unit": None, "party": None, "cluster": None, "province": None}
    found: Any = None
    match role:
        case Posting.Role.ADMINISTRATOR:
            return nowhere
        case Posting.Role.RECORDER:
            kind, found = "unit", units.get(text)
        case Posting.Role.COORDINATOR:
            kind, found = "cluster", clusters.get(text)
        case Posting.Role.LEADER:
            kind, (slug, _, name) = "party", text.partition("/")
            found = by_name(Party, cluster=clusters[slug]).get(name) if slug in clusters else None
        case _:
            kind, found = "province", AdministrativeUnit.objects.filter(code=text).order_by("valid_from").last()
    return {**nowhere, kind: found} if found else None


def writers(accounts: Accounts) -> dict[str, User]:
    """The account that writes for each unit, by the unit's name."""
    rows = [row for row in table("accounts.csv") if _ROLES[row["Vai trò"]] == Posting.Role.RECORDER]
    return {row["Nơi"]: accounts[row["Tài khoản"]] for row in rows if row["Tài khoản"] in accounts}
