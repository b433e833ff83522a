"""A page of partners in figures, and the story of one: each part only for who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from huiliu.access import selectors as access
from huiliu.access.types import Actor
from huiliu.insights import selectors as insights
from huiliu.insights.errors import WarehouseNotReady
from huiliu.insights.types import Answer, Comparison, Filter, MetricQuery
from huiliu.kernel.money import amount_text, currency_of
from huiliu.kernel.period import Period, business_date
from huiliu.orders import selectors as orders
from huiliu.orders.selectors import OrderFilter
from huiliu.partners import selectors as partners
from huiliu.platform import events
from huiliu.receivables import selectors as receivables
from huiliu.receivables.types import BalanceRow

STORY_DOCUMENTS = 60  # the latest orders and receipts whose events belong to the story
STORY_EVENTS = 200


@dataclass(frozen=True, slots=True)
class PartnerFigures:
    """None is unknown or not for the reader. Sales are this month's until today, set against last year's same days."""

    partner_id: int
    net_sales: str | None = None
    net_sales_before: str | None = None
    net_sales_growth: str | None = None
    open_orders: int | None = None
    latest_order_on: date | None = None
    currency: str | None = None
    balance: str | None = None
    available: str | None = None
    stock_units: str | None = None
    days_of_cover: str | None = None


def figures_of(
    *, actor: Actor, partner_ids: Sequence[int], currency: str, now: datetime
) -> list[PartnerFigures]:
    """The figures of those partners that the reach shows, in the order asked for."""
    places = access.organizations_by_ids(partner_ids)
    wanted = [one for one in dict.fromkeys(partner_ids) if one in places]
    codes = {places[one].code: one for one in wanted}
    today = business_date(now, actor.timezone)
    sales = _sales(actor, codes, currency, today=today, now=now)
    stock = _stock(actor, codes, today=today, now=now)
    known_orders = orders.buyer_figures(buyer_ids=wanted) if actor.may("orders:read") else None
    balances = _balances(actor, wanted, currency, now)
    found = []
    for one in wanted:
        open_orders, latest = (known_orders or {}).get(one, (0, None))
        account = balances.get(one)
        found.append(
            PartnerFigures(
                one,
                *sales.get(one, (None, None, None)),
                open_orders=None if known_orders is None else open_orders,
                latest_order_on=latest,
                currency=account.currency if account else None,
                balance=_amount(account, "balance"),
                available=_amount(account, "available"),
                stock_units=stock.get(one, (None, None))[0],
                days_of_cover=stock.get(one, (None, None))[1],
            )
        )
    return found


def story_of(*, partner_id: int) -> list[events.EventRow]:
    """What happened to a partner, its credit, its latest orders and receipts: newest first, under the reach.

    Raises: PartnerNotVisible.
    """
    partners.find_partner(partner_id)
    bought = orders.list_orders(where=OrderFilter(buyer_id=partner_id), limit=STORY_DOCUMENTS)
    paid = receivables.list_receipts(buyer_id=partner_id, limit=STORY_DOCUMENTS)
    subjects: dict[str, Sequence[object]] = {
        "partner": [partner_id],
        "organization": [partner_id],
        "credit": [partner_id],
        "order": [order["id"] for order in bought],
        "receipt": [receipt.id for receipt in paid],
    }
    return events.timeline_of(subjects, limit=STORY_EVENTS)


def _sales(
    actor: Actor, codes: dict[str, int], currency: str, *, today: date, now: datetime
) -> dict[int, tuple[str | None, str | None, str | None]]:
    query = MetricQuery(
        metrics=("net_sales",),
        period=Period(today.replace(day=1), today + timedelta(days=1)),
        dimensions=("partner",),
        filters=(Filter("partner", tuple(codes)), Filter("currency", (currency,))),
        compare=Comparison.LAST_YEAR,
    )
    answer = _answer(actor, query, codes, now)
    if answer is None:
        return {}
    return {
        codes[row.keys[0] or ""]: (
            row.values[0],
            row.before[0] if row.before else None,
            row.growth[0] if row.growth else None,
        )
        for row in answer.rows
        if row.keys[0] in codes
    }


def _stock(
    actor: Actor, codes: dict[str, int], *, today: date, now: datetime
) -> dict[int, tuple[str | None, str | None]]:
    query = MetricQuery(
        metrics=("stock_units", "days_of_cover"),
        period=Period(today.replace(day=1), today + timedelta(days=1)),
        dimensions=("partner",),
        filters=(Filter("partner", tuple(codes)),),
    )
    answer = _answer(actor, query, codes, now) if actor.may("stock:read") else None
    rows = answer.rows if answer else ()
    return {codes[row.keys[0] or ""]: (row.values[0], row.values[1]) for row in rows if row.keys[0] in codes}


def _answer(actor: Actor, query: MetricQuery, codes: dict[str, int], now: datetime) -> Answer | None:
    """None while there is nothing to ask for, no right to ask, or the warehouse was never filled."""
    if not codes or not actor.may("metrics:read"):
        return None
    try:
        return insights.query_metrics(actor=actor, query=query, now=now)
    except WarehouseNotReady:
        return None


def _balances(actor: Actor, wanted: Sequence[int], currency: str, now: datetime) -> dict[int, BalanceRow]:
    """The account of each partner with its own seller; else the first it has in that currency."""
    if not actor.may("money:read"):
        return {}
    found: dict[int, BalanceRow] = {}
    for account in receivables.balances_of(wanted, now=now):
        if account.currency != currency:
            continue
        facts = partners.buyer_facts(account.buyer_id)
        if account.buyer_id not in found or (facts and facts.default_seller_id == account.seller_id):
            found[account.buyer_id] = account
    return found


def _amount(account: BalanceRow | None, name: str) -> str | None:
    if account is None:
        return None
    return amount_text(getattr(account, name), currency_of(account.currency).exponent)
