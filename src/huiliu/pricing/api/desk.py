"""The price desk over HTTP: a version as one sheet, saved in parts, and all that it changes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Query

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.platform.errors import CursorInvalid, InvalidInput, Stale
from huiliu.platform.http.cursor import Page, decode_cursor, page_of
from huiliu.policies import errors as life
from huiliu.pricing import present, selectors, services
from huiliu.pricing import schemas as shapes
from huiliu.pricing.api.lists import ROWS

router = EdgeRouter(tag="prices", module="pricing")
CALENDAR_DAYS_MAX = 731


@router.get(
    "/price-lists/{version_id}/sheet",
    scope="policies:read",
    response=shapes.SheetOut,
    errors=[life.VersionNotVisible],
)
def get_price_sheet(request: ActorRequest, version_id: UUID) -> Any:  # noqa: ARG001 - the edge's shape
    """Every row of a version with what the version in force has, and the goods they name."""
    head, before, rows = selectors.sheet_of(version_id)
    goods = selectors.goods_of({one.row.sku_id for one in rows})
    return {
        "version": head.version,
        "before_id": before.id if before else None,
        "rows": [present.sheet_row_out(one) for one in rows],
        "goods": [present.goods_out(one) for one in goods],
    }


@router.post(
    "/price-lists/{version_id}/sheet",
    scope="policies:write",
    response=shapes.SheetSaved,
    errors=[*ROWS, Stale],
)
def save_price_sheet(request: ActorRequest, version_id: UUID, body: shapes.SheetIn) -> Any:
    """Save a part of an edited sheet: all of it, or none with every bad row named."""
    selectors.get_price_list(version_id)
    rows = services.rows_from_drafts([present.row_draft(row) for row in body.put], field="put")
    head = services.save_sheet(
        actor=request.actor,
        version_id=version_id,
        expected_version=body.version,
        put=rows,
        remove=[(one.sku_id, one.unit) for one in body.remove],
        now=request.now,
    )
    return {
        "version": head.version,
        "written": len(rows),
        "removed": len(body.remove),
        "saved_at": request.now,
    }


@router.post(
    "/prices/goods", scope="policies:read", response=list[shapes.PricedGoodsOut], idempotent=False, errors=[]
)
def find_priced_goods(request: ActorRequest, body: shapes.PricedGoodsIn) -> Any:  # noqa: ARG001 - the edge's shape
    """Goods that a price list may name, by their codes or by a text. Changes nothing."""
    found = selectors.goods_by_codes(body.codes) if body.codes else selectors.find_goods(body.text)
    return [present.goods_out(one) for one in found]


@router.get(
    "/prices/calendar", scope="policies:read", response=shapes.PriceCalendarOut, errors=[InvalidInput]
)
def get_price_calendar(request: ActorRequest, query: Query[shapes.CalendarQuery]) -> Any:  # noqa: ARG001 - the edge's shape
    """Where published versions meet and which of them counts, and where goods lose their price."""
    if not 0 < (query.to_day - query.from_day).days <= CALENDAR_DAYS_MAX:
        raise InvalidInput("Let the days end after they begin, within two years.", field="to_day")
    return present.calendar_out(selectors.calendar_of(start=query.from_day, end=query.to_day))


@router.get(
    "/price-lists/{version_id}/changes",
    scope="policies:read",
    response=Page[shapes.ChangeOut],
    errors=[life.VersionNotVisible, CursorInvalid],
)
def list_price_changes(
    request: ActorRequest,  # noqa: ARG001 - the edge's shape
    version_id: UUID,
    query: Query[shapes.ChangeQuery],
) -> Any:
    """All rows that a version adds, removes or changes against another, the largest changes first."""
    changes = selectors.list_changes(
        version_id=version_id,
        against_id=query.against_id,
        kind=query.kind.value if query.kind else "",
        text=query.text,
    )
    key = decode_cursor(query.cursor, size=2)
    if key is not None:
        place = next(
            (
                index
                for index, one in enumerate(changes)
                if [one.row.sku_id, one.row.unit.unit] == [key[0], key[1]]
            ),
            None,
        )
        if place is None:
            raise CursorInvalid("This cursor belongs to another list.", field="cursor")
        changes = changes[place + 1 :]
    rows = present.changes_out(changes[: query.limit + 1])
    return page_of(rows, limit=query.limit, key=lambda row: (row["sku_id"], row["unit"]))


@router.get("/prices/authorities", scope="policies:read", response=list[shapes.AuthorityOut], errors=[])
def list_price_authorities(request: ActorRequest) -> Any:  # noqa: ARG001 - the edge's shape
    """How far each role may set prices by hand; others may not."""
    return [
        {
            "role": one.role,
            "discount_max": str(one.discount_max),
            "may_go_below_floor": one.may_go_below_floor,
        }
        for one in services.AUTHORITY.values()
    ]
