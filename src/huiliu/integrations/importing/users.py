"""People by their user names. Nobody gives more rights than the own: the service refuses, row by row."""

from __future__ import annotations

import secrets
from collections.abc import Hashable, Sequence

from huiliu.access import selectors
from huiliu.access import services as access
from huiliu.access.types import Role
from huiliu.integrations.errors import CellEmpty, CellUnreadable, RowExists, RowMissing
from huiliu.integrations.importing.organizations import organization_of
from huiliu.integrations.importing.rows import ImportRow
from huiliu.integrations.importing.types import Context, Done, Entity, Mode
from huiliu.kernel.pinyin import fold

_ROLES = {
    "管理员": Role.ADMINISTRATOR,
    "系统管理员": Role.ADMINISTRATOR,
    "渠道经理": Role.CHANNEL_MANAGER,
    "销售运营": Role.SALES_OPERATIONS,
    "财务": Role.FINANCE,
    "仓库": Role.WAREHOUSE,
    "分析": Role.ANALYST,
    "分析师": Role.ANALYST,
    "负责人": Role.OWNER,
    "老板": Role.OWNER,
    "采购": Role.BUYER,
    "仓管": Role.KEEPER,
    "库管": Role.KEEPER,
    "warehouse keeper": Role.KEEPER,
}


class UserApplier:
    """One import of users."""

    batch = 1

    def __init__(self, context: Context) -> None:
        self.context = context

    def unit_of(self, row: ImportRow) -> Hashable | None:  # noqa: ARG002 - each row is a person
        return None

    def apply(self, rows: Sequence[ImportRow]) -> Sequence[Done]:
        return [self._row(row) for row in rows]

    def _row(self, row: ImportRow) -> Done:
        known = selectors.find_user_by_name(row.text("username"))
        roles = _roles(row)
        if known is None:
            if self.context.mode is Mode.UPDATE:
                raise RowMissing("There is no such user.", field="username", given=row.text("username"))
            return self._create(row, roles)
        organization = self._organization_id(row)
        if row.text("organization_code") and organization != known.organization_id:
            raise RowExists(
                "This user belongs to another organization.", field="organization_code", given=known.username
            )
        updated = access.set_user(
            actor=self.context.actor,
            user_id=known.pk,
            name=row.text("name"),
            phone=row.text("phone") if row.has("phone") else None,
            email=row.text("email") if row.has("email") else None,
            roles=roles,
            is_active=row.get("is_active"),
            now=self.context.now,
        )
        if updated.version == known.version:
            return Done.UNCHANGED
        if self.context.mode is Mode.INSERT:
            raise RowExists(f"{known.username} is {known.name}.", field="username")
        return Done.UPDATED

    def _create(self, row: ImportRow, roles: frozenset[Role] | None) -> Done:
        if not roles:
            raise CellEmpty("A new user needs a role.", field="roles")
        access.create_user(
            actor=self.context.actor,
            organization_id=self._organization_id(row),
            username=row.text("username"),
            name=row.text("name"),
            password=row.text("password") or secrets.token_urlsafe(24),
            roles=roles,
            phone=row.text("phone"),
            email=row.text("email"),
            now=self.context.now,
        )
        return Done.INSERTED

    def _organization_id(self, row: ImportRow) -> int:
        found = organization_of(row, "organization_code")
        return found.id if found else self.context.actor.organization_id


def role_of(word: str) -> Role | None:
    """The role that a word of any script or a code means."""
    return _ROLES.get(fold(word)) or Role.__members__.get(word.upper().replace(" ", "_"))


def _roles(row: ImportRow) -> frozenset[Role] | None:
    """The roles of a row, None where it says nothing. Raises: CellUnreadable."""
    words = row.get("roles")
    if not words:
        return None
    found = set()
    for word in words:
        role = role_of(word)
        if role is None:
            raise CellUnreadable(f"{word[:40]!r} is no role.", field="roles", given=word[:40])
        found.add(role)
    return frozenset(found)


USERS = Entity("users", frozenset({"users:write"}), UserApplier)
