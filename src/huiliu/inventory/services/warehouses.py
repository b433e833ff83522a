"""Places and how their stock is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from huiliu.access import selectors as access
from huiliu.access.types import Actor
from huiliu.inventory import selectors
from huiliu.inventory.errors import (
    WarehouseCodeTaken,
    WarehouseLast,
    WarehouseNotEmpty,
    WarehouseNotVisible,
)
from huiliu.inventory.models import StockSetting, Warehouse
from huiliu.inventory.rules import UNITS_MAX
from huiliu.inventory.services.common import Nobody, reaches, tell
from huiliu.inventory.types import ZERO, StockSettings, WarehouseDraft, WarehouseRow
from huiliu.kernel.text import normalise
from huiliu.ledger import selectors as ledger
from huiliu.ledger.types import AccountKind
from huiliu.platform.audit import Who
from huiliu.platform.errors import InvalidInput, ScopeMissing, Stale
from huiliu.platform.events import EventRow


def create_warehouse(
    *, actor: Actor, organization_id: int, draft: WarehouseDraft, now: datetime
) -> WarehouseRow:
    """One more place of an organization in the actor's reach.

    Raises: OrganizationNotVisible, ScopeMissing, InvalidInput, WarehouseCodeTaken.
    """
    organization = access.find_organization(organization_id)
    if not reaches(actor, organization.path):
        # a seller is visible to its buyers, its places are not theirs to make
        raise ScopeMissing("You open warehouses of your own organization only.", scope="stock:write")
    name, code = _named(draft)
    row = Warehouse(
        code=code or _next_code(organization.code, organization_id),
        name=name,
        organization_id=organization_id,
        owner_path=organization.path,
        region_code=draft.region_code,
        city=draft.city,
        address=draft.address,
        priority=draft.priority,
        created_at=now,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as taken:
        raise WarehouseCodeTaken("This code is in use.", field="code", code=row.code) from taken
    _tell(actor, "warehouse.created", row, now=now)
    return selectors.get_warehouse(actor=actor, warehouse_id=row.pk)


def ensure_warehouse(*, actor: Actor, organization_id: int, now: datetime) -> int:
    """The organization's first open warehouse; one named after it is made when it has none.

    Raises: OrganizationNotVisible.
    """
    found = (
        Warehouse.objects.filter(organization_id=organization_id, is_active=True)
        .order_by("priority", "id")
        .values_list("id", flat=True)
        .first()
    )
    if found is not None:
        return int(found)
    organization = access.find_organization(organization_id)
    return create_warehouse(
        actor=actor, organization_id=organization_id, draft=WarehouseDraft(name=organization.name), now=now
    ).id


def open_first_warehouses(*, happened: Sequence[EventRow], now: datetime) -> int:
    """The handler of the event log: a partner who was made gets a place of its own to take goods in.

    Returns how many were opened; who has one already gets none.
    """
    ids = {int(event.subject_id) for event in happened if event.type == "partner.created"}
    ids -= set(Warehouse.objects.filter(organization_id__in=ids).values_list("organization_id", flat=True))
    for organization_id, organization in sorted(access.organizations_by_ids(ids).items()):
        row = Warehouse(
            code=_next_code(organization.code, organization_id),
            name=organization.name,
            organization_id=organization_id,
            owner_path=organization.path,
            created_at=now,
        )
        row.save(force_insert=True)
        _tell(Nobody(), "warehouse.created", row, now=now)
    return len(ids)


def update_warehouse(
    *, actor: Actor, warehouse_id: int, version: int, draft: WarehouseDraft, now: datetime
) -> WarehouseRow:
    """Replace what is written of a warehouse; an empty code keeps the one it has.

    Locks:  the warehouse.
    Raises: WarehouseNotVisible, Stale, InvalidInput, WarehouseCodeTaken.
    """
    row = _lock(warehouse_id, version)
    before = _content(row)
    name, code = _named(draft)
    row.name, row.code = name, code or row.code
    row.region_code, row.city, row.address = draft.region_code, draft.city, draft.address
    row.priority = draft.priority
    row.version += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise WarehouseCodeTaken("This code is in use.", field="code", code=row.code) from taken
    _tell(actor, "warehouse.changed", row, now=now, before=before)
    return selectors.get_warehouse(actor=actor, warehouse_id=warehouse_id)


def set_warehouse_open(
    *, actor: Actor, warehouse_id: int, version: int, is_open: bool, now: datetime
) -> WarehouseRow:
    """Close a warehouse that is empty and not the last one, or open it again.

    Locks:  the warehouse; documents of stock wait for it or find it closed.
    Raises: WarehouseNotVisible, Stale, WarehouseNotEmpty, WarehouseLast.
    """
    # All of the organization's places in one order: of two that close the last two, the second finds one left.
    siblings = Warehouse.objects.filter(
        organization__in=Warehouse.objects.filter(pk=warehouse_id).values("organization")
    )
    others = [
        one for one in siblings.order_by("id").select_for_update(of=("self",)) if one.pk != warehouse_id
    ]
    row = _lock(warehouse_id, version)
    if row.is_active == is_open:
        return selectors.get_warehouse(actor=actor, warehouse_id=warehouse_id)
    if not is_open:
        _check_closing(row, last=not any(one.is_active for one in others))
    row.is_active = is_open
    row.version += 1
    row.save(update_fields=["is_active", "version"])
    _tell(actor, "warehouse.opened" if is_open else "warehouse.closed", row, now=now)
    return selectors.get_warehouse(actor=actor, warehouse_id=warehouse_id)


def change_settings(*, actor: Actor, settings: StockSettings, now: datetime) -> StockSettings:
    """How an organization keeps its stock; `version` is the one that was read, 0 before the first change.

    Locks:  the organization's row of settings.
    Raises: OrganizationNotVisible, ScopeMissing, InvalidInput, Stale.
    """
    organization = access.find_organization(settings.organization_id)
    if not reaches(actor, organization.path):
        raise ScopeMissing("You set this for your own organization only.", scope="stock:approve")
    for field in ("tight_below", "adjustment_limit"):
        value: Decimal = getattr(settings, field)
        if not value.is_finite() or not ZERO <= value < UNITS_MAX:
            raise InvalidInput("Enter a quantity from zero upward.", field=field)
    row = StockSetting.objects.select_for_update().filter(pk=organization.id).first()
    if (row.version if row else 0) != settings.version:
        raise Stale("The settings were changed meanwhile.", version=row.version if row else 0)
    before = asdict(selectors.stock_settings(organization.id))
    after = replace(settings, version=settings.version + 1)
    values = {**asdict(after), "owner_path": organization.path}
    values.pop("organization_id")
    try:
        with transaction.atomic():
            StockSetting.objects.update_or_create(organization_id=organization.id, defaults=values)
    except IntegrityError as raced:
        raise Stale("The settings were changed meanwhile.", version=1) from raced
    tell(
        actor=actor,
        type="stock.settings_changed",
        subject_type="stock_settings",
        subject_id=organization.id,
        owner_path=organization.path,
        now=now,
        before=before,
        payload=asdict(after),
    )
    return after


def _lock(warehouse_id: int, version: int) -> Warehouse:
    row = Warehouse.objects.select_for_update().filter(pk=warehouse_id).first()
    if row is None:
        raise WarehouseNotVisible("There is no such warehouse.", warehouse_id=warehouse_id)
    if row.version != version:
        raise Stale("The warehouse was changed meanwhile.", version=row.version)
    return row


def _check_closing(row: Warehouse, *, last: bool) -> None:
    if last:
        raise WarehouseLast("This is the last warehouse.", organization_id=row.organization_id)
    inside = [
        one
        for one in ledger.balances(kind=AccountKind.STOCK, owner_id=row.organization_id, place_ids=[row.pk])
        if one.balance or one.held
    ]
    if inside:
        raise WarehouseNotEmpty(
            "There is stock in the warehouse.",
            skus=len({one.sku_id for one in inside}),
            on_hand=sum((one.balance for one in inside), ZERO),
            held=sum((one.held for one in inside), ZERO),
        )


def _named(draft: WarehouseDraft) -> tuple[str, str]:
    name, code = normalise(draft.name), normalise(draft.code)
    if not name:
        raise InvalidInput("Give the warehouse a name.", field="name")
    return name, code


def _next_code(organization_code: str, organization_id: int) -> str:
    """The organization's code and a number that no visible warehouse has yet."""
    number = Warehouse.objects.filter(organization_id=organization_id).count() + 1
    while Warehouse.objects.filter(code=f"{organization_code}-{number:02d}").exists():
        number += 1
    return f"{organization_code}-{number:02d}"


def _content(row: Warehouse) -> dict[str, Any]:
    names = ("code", "name", "region_code", "city", "address", "priority", "is_active", "organization_id")
    return {name: getattr(row, name) for name in names}


def _tell(
    actor: Who, type_: str, row: Warehouse, *, now: datetime, before: dict[str, Any] | None = None
) -> None:
    tell(
        actor=actor,
        type=type_,
        subject_type="warehouse",
        subject_id=row.pk,
        owner_path=row.owner_path,
        now=now,
        before=before,
        payload=_content(row),
    )
