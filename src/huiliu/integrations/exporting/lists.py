"""The lists of the modules below this one, each through the selector that its screen uses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from huiliu.access import selectors as access
from huiliu.access.types import Actor, UserFilters
from huiliu.catalog import selectors as catalog
from huiliu.catalog.types import SKU_COLUMNS, ProductFilters
from huiliu.integrations.exporting import columns as of
from huiliu.integrations.exporting.own_columns import own_cells, own_columns
from huiliu.integrations.exporting.registry import ExportList, Request, by_keys, offer
from huiliu.integrations.exporting.writers import LIST_SEPARATOR, Row
from huiliu.integrations.screen_texts import in_language
from huiliu.inventory import selectors as inventory
from huiliu.inventory.types import Group, StockFilters
from huiliu.kernel.columns import Column
from huiliu.kernel.period import business_date, start_of_day
from huiliu.orders import selectors as orders
from huiliu.orders.models import Line
from huiliu.orders.types import OrderState
from huiliu.partners import selectors as partners
from huiliu.partners.types import PARTNER_COLUMNS, PartnerFilters
from huiliu.platform.audit_reading import AuditFilters, called, list_records
from huiliu.platform.errors import InvalidInput
from huiliu.pricing import selectors as pricing
from huiliu.receivables import selectors as receivables

T = TypeVar("T")
PAGE = 500


def pages(fetch: Callable[[Any], Sequence[T]], *, key: Callable[[T], Any]) -> Iterator[T]:
    """Every row, page after page; `fetch` is given the key of the last row seen, None at first."""
    after: Any = None
    while rows := fetch(after):
        yield from rows
        if len(rows) < PAGE:
            return
        after = key(rows[-1])


def number(request: Request, name: str) -> int | None:
    """A filter that is an id. Raises: InvalidInput."""
    text = request.filters.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise InvalidInput(f"{name} is a number.", field=f"filters.{name}")
    return int(text)


def day(request: Request, name: str) -> date | None:
    """A filter that is a day. Raises: InvalidInput."""
    text = request.filters.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidInput(f"{name} is a day such as 2026-03-05.", field=f"filters.{name}") from error


def always(columns: Sequence[Column]) -> Callable[[Actor], Sequence[Column]]:
    """The same columns for every reader; what one may not see is masked in the rows."""
    return lambda _: columns


def _partners(request: Request) -> Iterator[Row]:
    texts = {
        name: request.filters.get(name, "")
        for name in ("text", "tier", "province", "region_code", "tag", "channel", "kind", "status", "gap")
    }
    filters = PartnerFilters(
        **texts,
        custom=tuple(request.filters.get("custom", "").splitlines()),
        parent_id=number(request, "parent_id"),
        under_id=number(request, "under_id"),
        contract_ends_before=day(request, "contract_ends_before"),
        licence_ends_before=day(request, "licence_ends_before"),
    )
    for row in partners.export_partners(actor=request.actor, filters=filters):
        (known,) = by_keys(iter((row,)), PARTNER_COLUMNS)
        yield [*known, *own_cells("partner", row.custom)]


def _partner_columns(_: Actor) -> Sequence[Column]:
    return (*PARTNER_COLUMNS, *own_columns("partner"))


def _sku_columns(actor: Actor) -> Sequence[Column]:
    return (
        *SKU_COLUMNS,
        *of.SKU_EXTRAS,
        *((of.COST,) if actor.may("costs:read") else ()),
        *own_columns("product"),
    )


def _skus(request: Request) -> Iterator[Row]:
    filters = ProductFilters(
        text=request.filters.get("text", ""),
        category_id=number(request, "category_id"),
        brand_id=number(request, "brand_id"),
        status=request.filters.get("status", ""),
        sku_ids=_range(request),
    )
    products = pages(
        lambda after: catalog.list_products(actor=request.actor, filters=filters, after=after, limit=PAGE),
        key=lambda one: (one.sort_key, one.id),
    )
    sees_costs = request.actor.may("costs:read")
    for product in products:
        for sku in product.skus:
            units = [f"{one.unit}={_factor(one.numerator, one.denominator)}" for one in sku.units]
            barcodes = [f"{one.unit} {one.barcode}" for one in sku.units if one.barcode]
            (known,) = by_keys(iter((sku.facts,)), SKU_COLUMNS)
            costs = (sku.standard_cost,) if sees_costs else ()
            yield [
                *known,
                product.code,
                product.name,
                product.brand_name,
                LIST_SEPARATOR.join(units),
                LIST_SEPARATOR.join(barcodes),
                *costs,
                *own_cells("product", product.custom),
            ]


def _range(request: Request) -> frozenset[int] | None:
    """A partner sees the goods that it may order, staff the whole catalog."""
    if request.actor.is_staff:
        return None
    buyer = partners.buyer_facts(request.actor.organization_id)
    today = business_date(request.now, request.actor.timezone)
    return catalog.sellable_ids(buyer=buyer, on=today) if buyer else frozenset()


def _factor(numerator: int, denominator: int) -> str:
    return str(numerator) if denominator == 1 else f"{numerator}/{denominator}"


def _switch(request: Request, name: str) -> bool | None:
    """A filter that is yes or no. Raises: InvalidInput."""
    text = request.filters.get(name, "")
    if text not in ("", "true", "false"):
        raise InvalidInput(f"{name} is true or false.", field=f"filters.{name}")
    return None if text == "" else text == "true"


def _chosen(request: Request) -> tuple[UUID, ...]:
    """The ids of chosen rows, with commas between them; none: all. Raises: InvalidInput."""
    try:
        return tuple(UUID(one) for one in request.filters.get("id", "").split(",") if one)
    except ValueError as error:
        raise InvalidInput("id is a list of ids with commas between them.", field="filters.id") from error


def _order_pages(request: Request) -> Iterator[list[dict[str, Any]]]:
    states = tuple(one for one in request.filters.get("state", "").split(",") if one)
    if unknown := sorted(set(states) - set(OrderState)):
        raise InvalidInput(f"{unknown[0][:40]} is no state.", field="filters.state")
    where = orders.OrderFilter(
        states=states,
        buyer_id=number(request, "buyer_id"),
        seller_id=number(request, "seller_id"),
        text=request.filters.get("text", ""),
        date_from=day(request, "date_from"),
        date_until=day(request, "date_until"),
        on_behalf=_switch(request, "on_behalf"),
        waits_since_before=orders.late_before(now=request.now) if _switch(request, "is_late") else (),
        custom=tuple(request.filters.get("custom", "").splitlines()),
        ids=_chosen(request),
    )
    after = None
    while rows := orders.list_orders(where=where, after=after, limit=PAGE):
        yield rows
        after = (rows[-1]["submitted_at"], rows[-1]["id"])


def _orders(request: Request) -> Iterator[Row]:
    for page in _order_pages(request):
        for row, known in zip(page, by_keys(iter(page), of.ORDERS), strict=True):
            yield [*known, *own_cells("order", row["custom"])]


def _order_columns(_: Actor) -> Sequence[Column]:
    return (*of.ORDERS, *own_columns("order"))


def _order_lines(request: Request) -> Iterator[Row]:
    for page in _order_pages(request):
        lines: dict[UUID, list[Line]] = {}
        for line in orders.lines_of([row["id"] for row in page]):
            lines.setdefault(line.order_id, []).append(line)
        for row in page:
            for line in lines.get(row["id"], ()):
                (told,) = by_keys(iter((line,)), of.LINES)
                yield [row["number"], row["external_number"], row["business_date"], row["seller_name"],
                       row["buyer_name"], row["state"], *told, row["currency"], *own_cells("order", row["custom"])]  # fmt: skip


def _order_line_columns(_: Actor) -> Sequence[Column]:
    return (*of.ORDER_LINES, *own_columns("order"))


def _shipments(request: Request) -> Iterator[Row]:
    found = pages(
        lambda after: orders.list_shipments(state=request.filters.get("state", ""), after=after, limit=PAGE),
        key=lambda one: (one.shipped_at, one.pk),
    )
    for chunk in _chunks(found):
        numbers = orders.numbers_of([one.order_id for one in chunk])
        places = {one.id: one.name for one in inventory.list_warehouses(actor=request.actor, limit=10_000)}
        for one in chunk:
            yield [one.number, numbers.get(one.order_id, ""), places.get(one.warehouse_id, ""), one.state,
                   one.business_date, one.shipped_at, one.received_at, one.note]  # fmt: skip


def _returns(request: Request) -> Iterator[Row]:
    found = pages(
        lambda after: orders.list_returns(state=request.filters.get("state", ""), after=after, limit=PAGE),
        key=lambda one: (one.requested_at, one.pk),
    )
    for chunk in _chunks(found):
        numbers = orders.numbers_of([one.order_id for one in chunk if one.order_id])
        for one in chunk:
            names = [_organization_name(one.seller_id), _organization_name(one.buyer_id)]
            yield [one.number, numbers.get(one.order_id, "") if one.order_id else "", *names, one.state,
                   one.business_date, one.requested_at, one.received_at, one.reason, one.gross_amount,
                   one.currency]  # fmt: skip


def _organization_name(organization_id: int) -> str:
    facts = partners.buyer_facts(organization_id)
    return facts.name if facts else ""


def _prices(request: Request) -> Iterator[Row]:
    try:
        version_id = UUID(request.filters.get("price_list_id", ""))
    except ValueError as error:
        raise InvalidInput("Name the price list.", field="filters.price_list_id") from error
    head = pricing.get_price_list(version_id)
    rows = pages(
        lambda after: pricing.page_rows(version_id, after=after, limit=PAGE),
        key=lambda one: (one.sku_id, one.unit.unit),
    )
    for row in rows:
        sku = catalog.sku_facts([row.sku_id]).get(row.sku_id)
        breaks = "; ".join(f"≥{one.from_quantity:f}: {one.unit_price:f}" for one in row.breaks)
        yield [head.code, sku.code if sku else "", sku.name if sku else "", row.unit.unit, row.unit_price,
               row.floor_price, breaks, head.content.get("currency", "")]  # fmt: skip


def _stock(request: Request) -> Iterator[Row]:
    filters = StockFilters(
        organization_id=number(request, "organization_id"), warehouse_id=number(request, "warehouse_id")
    )
    on = day(request, "on")
    rows = pages(
        lambda after: inventory.list_stock(
            actor=request.actor,
            group=Group.LOT,
            filters=filters,
            on=on,
            after=after,
            limit=PAGE,
            now=request.now,
        ),
        key=lambda one: inventory.key_of(one, Group.LOT),
    )
    for row in rows:
        sku = catalog.sku_facts([row.sku_id]).get(row.sku_id)
        held = row.held if row.held is not None else None
        yield [sku.code if sku else "", sku.name if sku else "", sku.base_unit if sku else "",
               row.organization_name, row.warehouse_name, row.lot, row.on_hand, held,
               None if held is None else row.on_hand - held, row.in_transit]  # fmt: skip


def _balances(request: Request) -> Iterator[Row]:
    rows = pages(
        lambda after: receivables.list_balances(
            buyer_id=number(request, "buyer_id"),
            seller_id=number(request, "seller_id"),
            only_overdue=_switch(request, "overdue") or False,
            after=after or 0,
            limit=PAGE,
            now=request.now,
        ),
        key=lambda one: one.account_id,
    )
    return by_keys(rows, of.BALANCES)


def _statement(request: Request) -> Iterator[Row]:
    """What stood before, each movement, what stands after."""
    buyer_id, seller_id = number(request, "buyer_id"), number(request, "seller_id")
    first, last = day(request, "first"), day(request, "last")
    if buyer_id is None or seller_id is None:
        raise InvalidInput("Name both sides of the account.", field="filters.buyer_id")
    if first is None or last is None:
        raise InvalidInput("Name the first and the last day.", field="filters.first")
    said = receivables.statement(
        buyer_id=buyer_id,
        seller_id=seller_id,
        currency=request.filters.get("currency", "CNY"),
        first=first,
        last=last,
        zone=request.actor.timezone,
    )
    yield [start_of_day(first, request.actor.timezone), "opening", "", "", None, said.opening, said.currency]
    for line in said.lines:
        yield [line.effective_at, line.source_type, line.document_number, line.note, line.change,
               line.balance, said.currency]  # fmt: skip
    after = start_of_day(last + timedelta(days=1), request.actor.timezone)
    yield [after, "closing", "", "", None, said.closing, said.currency]


def _users(request: Request) -> Iterator[Row]:
    rows = pages(
        lambda after: access.list_users(
            filters=UserFilters(organization_id=number(request, "organization_id")),
            after_id=after or 0,
            limit=PAGE,
        ),
        key=lambda one: one.pk,
    )
    for chunk in _chunks(rows):
        names = access.organizations_by_ids({one.organization_id for one in chunk})
        for one in chunk:
            organization = names.get(one.organization_id)
            yield [one.username, one.name, organization.name if organization else "", LIST_SEPARATOR.join(one.roles),
                   one.phone, one.email, one.is_active, one.created_at]  # fmt: skip


def _instants(request: Request) -> dict[str, datetime | None]:
    """The days `from_day` to `to_day`, both included, as half-open instants of the reader's zone."""
    zone = ZoneInfo(request.actor.timezone)
    since, until = day(request, "from_day"), day(request, "to_day")
    return {
        "since": datetime.combine(since, time.min, zone) if since else None,
        "until": datetime.combine(until + timedelta(days=1), time.min, zone) if until else None,
    }


def _audit(request: Request) -> Iterator[Row]:
    said = request.filters
    filters = AuditFilters(
        subject_type=said.get("subject_type", ""),
        subject_id=said.get("subject_id", ""),
        subject=said.get("subject", ""),
        user_id=number(request, "user_id"),
        action=said.get("action", ""),
        **_instants(request),
    )
    rows = pages(
        lambda before: list_records(
            filters=filters, scopes=request.actor.scopes, before_id=before, limit=PAGE
        ),
        key=lambda one: one.id,
    )
    for chunk in _chunks(rows):
        names = access.user_names([one.user_id for one in chunk if one.user_id is not None])
        for one, thing in zip(chunk, called(chunk), strict=True):
            label = in_language(thing.words.zh, thing.words.en, request.actor.locale) if thing.words else ""
            yield [one.at, names.get(one.user_id or 0, ""), one.action, one.subject_type,
                   f"{label} {thing.name}".strip(), one.subject_id,
                   one.reason, _json(one.before), _json(one.after)]  # fmt: skip


def _json(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, default=str)


def _chunks(rows: Iterator[T]) -> Iterator[list[T]]:
    chunk: list[T] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == PAGE:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


_PARTNER_FILTERS = (
    "text", "tier", "province", "region_code", "tag", "channel", "kind", "status", "parent_id", "under_id",
    "gap", "custom", "contract_ends_before", "licence_ends_before",
)  # fmt: skip
_ORDER_FILTERS = (
    "state", "buyer_id", "seller_id", "text", "date_from", "date_until", "on_behalf", "is_late", "custom", "id",
)  # fmt: skip
_BALANCE_FILTERS = ("buyer_id", "seller_id", "overdue")
_SKU_FILTERS = ("text", "category_id", "brand_id", "status")
LISTS = (
    ExportList(
        "partners", "伙伴", "Partners", "partners:read", _partner_columns, _partners, _PARTNER_FILTERS
    ),
    ExportList("skus", "商品", "Goods", "catalog:read", _sku_columns, _skus, _SKU_FILTERS),
    ExportList("orders", "订单", "Orders", "orders:read", _order_columns, _orders, _ORDER_FILTERS),
    ExportList(
        "order_lines",
        "订单明细",
        "Order lines",
        "orders:read",
        _order_line_columns,
        _order_lines,
        _ORDER_FILTERS,
    ),
    ExportList(
        "shipments", "出库单", "Shipments", "orders:read", always(of.SHIPMENTS), _shipments, ("state",)
    ),
    ExportList("returns", "退货单", "Returns", "orders:read", always(of.RETURNS), _returns, ("state",)),
    ExportList("prices", "价格", "Prices", "policies:read", always(of.PRICES), _prices, ("price_list_id",)),
    ExportList(
        "stock",
        "库存",
        "Stock",
        "stock:read",
        always(of.STOCK),
        _stock,
        ("organization_id", "warehouse_id", "on"),
    ),
    ExportList(
        "balances", "往来余额", "Balances", "money:read", always(of.BALANCES), _balances, _BALANCE_FILTERS
    ),
    ExportList(
        "statement",
        "对账单",
        "Statement",
        "money:read",
        always(of.STATEMENT),
        _statement,
        ("buyer_id", "seller_id", "currency", "first", "last"),
    ),
    ExportList(
        "audit",
        "操作记录",
        "Audit trail",
        "audit:read",
        always(of.AUDIT),
        _audit,
        ("subject_type", "subject_id", "subject", "user_id", "action", "from_day", "to_day"),
    ),
    ExportList("users", "用户", "Users", "users:read", always(of.USERS), _users, ("organization_id",)),
)


def offer_all() -> None:
    """Called once when the application starts."""
    for one in LISTS:
        offer(one)
