"""An empty installation becomes a brand's: the organization, its administrator, a warehouse for its goods."""

from __future__ import annotations

from datetime import datetime

from huiliu.access import services as access
from huiliu.access.services import BrandDraft, Founded
from huiliu.inventory import services as inventory
from huiliu.inventory.types import WarehouseDraft, WarehouseRow
from huiliu.platform.database import system_reach


def found_brand(*, draft: BrandDraft, warehouse: str = "", now: datetime) -> tuple[Founded, WarehouseRow]:
    """All of it or nothing; the warehouse is named after the brand when it has no name of its own.

    Raises: BrandExists, InvalidInput, ZoneUnknown, PasswordWeak, UsernameTaken, OrganizationCodeTaken.
    """
    with system_reach("maintenance"):
        founded = access.found_brand(draft=draft, now=now)
        place = inventory.create_warehouse(
            actor=founded.administrator,
            organization_id=founded.brand.id,
            draft=WarehouseDraft(name=warehouse.strip() or founded.brand.name),
            now=now,
        )
    return founded, place
