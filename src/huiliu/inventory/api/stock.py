"""Stock lists, what is behind a figure, and what a seller shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from ninja import Query

from huiliu.access import selectors as access
from huiliu.access.edge import ActorRequest
from huiliu.access.errors import OrganizationNotVisible
from huiliu.catalog import selectors as catalog
from huiliu.inventory import errors, rules, selectors
from huiliu.inventory import schemas as shapes
from huiliu.inventory.api.edge import cases_text, cursor_key, router, units_text
from huiliu.inventory.types import FlowRow, Group, MovementRow, StockFilters, StockKey, StockRow
from huiliu.kernel.period import business_date
from huiliu.kernel.pinyin import search_words
from huiliu.platform.errors import CursorInvalid, InvalidInput
from huiliu.platform.http.cursor import Page, page_of

_TOO_MANY_ORGANIZATIONS = 2000
_KEY_KINDS: dict[Group, tuple[Callable[[str], Any], ...]] = {
    Group.SKU: (int,),
    Group.ORGANIZATION: (int, int),
    Group.PLACE: (int, int, int),
    Group.LOT: (int, int, int, str),
}


def _rows(rows: Iterable[StockRow]) -> list[dict[str, Any]]:
    shown = list(rows)
    known = catalog.sku_facts({row.sku_id for row in shown})
    out = []
    for row in shown:
        sku = known.get(row.sku_id)
        lot = rules.read_lot(row.lot, shelf_life_days=sku.shelf_life_days if sku else None)
        figures = ("on_hand", "held", "in_transit", "sold_28_days", "days_of_cover", "available")
        out.append(
            asdict(row)
            | {name: units_text(getattr(row, name)) for name in figures}
            | {
                "sku_code": sku.code if sku else "",
                "sku_name": sku.name if sku else "",
                "base_unit": sku.base_unit if sku else "",
                "batch": lot.batch,
                "produced_on": lot.produced_on,
                "expires_on": lot.expires_on,
                "on_hand_text": cases_text(row.on_hand, sku),
                "held_text": cases_text(row.held, sku),
                "available_text": cases_text(row.available, sku),
                "in_transit_text": cases_text(row.in_transit, sku),
                "is_negative": row.on_hand < 0,
            }
        )
    return out


def _movements(rows: Iterable[MovementRow]) -> list[dict[str, Any]]:
    shown = list(rows)
    known = catalog.sku_facts({row.sku_id for row in shown})
    return [
        asdict(row)
        | {
            "change": units_text(row.change),
            "change_text": cases_text(row.change, known.get(row.sku_id)),
        }
        for row in shown
    ]


def _sku_ids(query: shapes.StockQuery) -> tuple[int, ...] | None:
    """The goods a search names, or None for all."""
    words = search_words(query.text)
    if not words and query.category_id is None and query.sku_id is None:
        return None
    found = []
    for sku in catalog.sku_index().by_id.values():
        text = f"{sku.code} {sku.name}".lower()
        if query.sku_id is not None and sku.id != query.sku_id:
            continue
        if query.category_id is not None and not catalog.within_categories(sku, [query.category_id]):
            continue
        if all(word.lower() in text for word in words):
            found.append(sku.id)
    return tuple(found)


@router.get(
    "/stock",
    scope="stock:read",
    response=Page[shapes.StockOut],
    errors=[OrganizationNotVisible, CursorInvalid],
)
def list_stock(request: ActorRequest, query: Query[shapes.StockQuery]) -> Any:
    """Stock in the reader's reach, now or at the end of a day: by lot, place, organization or sku."""
    under = access.find_organization(query.under_id).path if query.under_id else ""
    filters = StockFilters(
        organization_id=query.organization_id,
        under_path=under,
        tier=query.tier,
        kind=query.kind.value if query.kind else "",
        warehouse_id=query.warehouse_id,
        sku_ids=_sku_ids(query),
        with_empty=query.with_empty,
        expires_before=query.expires_before,
        cover_below=query.cover_below,
    )
    rows = selectors.list_stock(
        actor=request.actor,
        group=query.group,
        filters=filters,
        on=query.on,
        after=cursor_key(query.cursor, *_KEY_KINDS[query.group]),
        limit=query.limit + 1,
        now=request.now,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: selectors.key_of(row, query.group))
    return page | {"items": _rows(page["items"])}


@router.get(
    "/stock/movements", scope="stock:read", response=Page[shapes.StockMovementOut], errors=[CursorInvalid]
)
def list_stock_movements(request: ActorRequest, query: Query[shapes.MovementQuery]) -> Any:
    """What made a figure: each transfer with its document, person and reason, the newest first."""
    key = cursor_key(query.cursor, datetime.fromisoformat, int)
    rows = selectors.movements(
        key=StockKey(query.sku_id, query.organization_id, query.warehouse_id, query.lot),
        figure=query.figure,
        first=query.first,
        last=query.last,
        after=(key[0], key[1]) if key else None,
        limit=query.limit + 1,
        zone=request.actor.timezone,
    )
    page = page_of(rows, limit=query.limit, key=lambda row: (row.effective_at.isoformat(), row.transfer_id))
    return page | {"items": _movements(page["items"])}


@router.get(
    "/stock/card",
    scope="stock:read",
    response=shapes.StockCardOut,
    errors=[errors.WarehouseNotVisible, errors.SkuUnknown],
)
def get_stock_card(request: ActorRequest, query: Query[shapes.StockCardQuery]) -> Any:
    """One sku at one place: lots, promises, latest movements."""
    card = selectors.stock_card(
        actor=request.actor, sku_id=query.sku_id, warehouse_id=query.warehouse_id, now=request.now
    )
    return {
        "total": _rows([card.total])[0],
        "lots": _rows(card.lots),
        "promises": _movements(card.promises),
        "movements": _movements(card.movements),
    }


@router.get(
    "/stock/seller",
    scope="catalog:read",
    response=list[shapes.SellerStockOut],
    errors=[errors.StockNotShown],
)
def get_seller_stock(request: ActorRequest, query: Query[shapes.SellerStockQuery]) -> Any:
    """What a seller shows a buyer of its stock."""
    actor = request.actor
    rows = selectors.seller_stock(
        actor=actor,
        buyer_id=query.buyer_id or actor.organization_id,
        seller_id=query.seller_id,
        sku_ids=query.sku_ids,
        on=business_date(request.now, actor.timezone),
    )
    return [asdict(row) | {"available": units_text(row.available)} for row in rows]


@router.get(
    "/stock/flows",
    scope="stock:read",
    response=list[shapes.FlowOut],
    errors=[OrganizationNotVisible, InvalidInput],
)
def get_stock_flows(request: ActorRequest, query: Query[shapes.FlowQuery]) -> Any:
    """Opening, sell-in, sell-out, adjustments and closing of a range of days."""
    if query.last < query.first:
        raise InvalidInput("Let the range end after it begins.", field="last")
    organization = access.find_organization(query.organization_id or request.actor.organization_id)
    ids = access.subtree_ids(organization) if query.with_below else [organization.id]
    if len(ids) > _TOO_MANY_ORGANIZATIONS:
        raise InvalidInput("Choose a smaller part of the network.", field="organization_id")
    rows: list[FlowRow] = selectors.flows(
        organization_ids=ids,
        sku_ids=[query.sku_id] if query.sku_id else None,
        first=query.first,
        last=query.last,
        zone=organization.timezone,
    )
    keys = ("organization_id", "sku_id")
    return [
        {name: value if name in keys else units_text(value) for name, value in asdict(row).items()}
        for row in rows
    ]


@router.get(
    "/stock/lots",
    scope="stock:read",
    response=shapes.LotSuggestionOut,
    errors=[errors.WarehouseNotVisible],
)
def suggest_lots(request: ActorRequest, query: Query[shapes.LotQuery]) -> Any:
    """Which lots to take for a quantity: what expires first goes first."""
    place = selectors.get_warehouse(actor=request.actor, warehouse_id=query.warehouse_id)
    picks, missing = selectors.suggest_lots(
        organization_id=place.organization_id,
        warehouse_id=place.id,
        sku_id=query.sku_id,
        units=query.units,
    )
    lots = []
    for lot, units in picks:
        read = rules.read_lot(lot, shelf_life_days=None)
        lots.append(
            {"lot": lot, "batch": read.batch, "expires_on": read.expires_on, "units": units_text(units)}
        )
    return {"lots": lots, "missing": units_text(missing)}
