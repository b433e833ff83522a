"""The trace as it is stored on a line: steps, replay to the cent, and what a partner may read of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from huiliu.kernel.money import currency_of
from huiliu.kernel.quantity import UnitFactor
from huiliu.pricing.rules.book import PriceBook, VersionBook
from huiliu.pricing.rules.resolve import overridden_line, resolve
from huiliu.pricing.types import (
    AppliedOverride,
    Candidate,
    PriceBreak,
    PricedLine,
    PriceLevel,
    PriceQuery,
    PriceRow,
    PriceVersion,
    Reason,
    Step,
)

FORMAT: Final = 1
_FOR_PARTNERS: Final = ("list", "level", "from", "to", "unit", "price", "reason")
_HIDDEN_REASONS: Final = (Reason.NOT_IN_AUDIENCE, Reason.NOT_YET_VALID)


def steps_of(line: PricedLine) -> list[Step]:
    """The waterfall from list price to posted amount, each step with its reason."""
    trace = line.trace
    version, row, _ = trace.winner
    steps: list[Step] = []
    price = row.unit_price
    if price is not None:
        steps.append(Step("LIST_PRICE", version.version_id, None, price, f"LEVEL_{version.level.name}"))
    reached = row.price_at(line.quantity)
    if reached is not None and reached != price:
        steps.append(Step("QUANTITY_BREAK", version.version_id, price, reached, "QUANTITY_REACHED"))
    if trace.override:
        steps.append(Step("OVERRIDE", None, reached, line.unit_price, trace.override.reason))
    steps.append(Step("POSTED", None, None, line.gross_amount, "ROUNDED_ONCE"))
    return steps


def snapshot(line: PricedLine) -> dict[str, Any]:
    """The trace in JSON: all that is needed to compute the line again, and to say why."""
    query = line.trace.query
    stored: dict[str, Any] = {
        "format": FORMAT,
        "query": {
            "seller": query.seller_id,
            "buyer": query.buyer_id,
            "sku": query.sku_id,
            "unit": _unit(query.unit),
            "quantity": str(query.quantity),
            "on": query.on.isoformat(),
            "currency": query.currency.code,
            "tax_rate": str(query.tax_rate),
            "project": query.project,
        },
        "candidates": [_candidate(one, query.quantity) for one in line.trace.candidates],
        "amount": str(line.gross_amount),
    }
    if override := line.trace.override:
        stored["override"] = {
            "unit_price": str(override.unit_price),
            "reason": override.reason,
            "role": override.role,
            "discount": str(override.discount),
            "approved_by_role": override.approved_by_role,
        }
    return stored


def _unit(unit: UnitFactor) -> list[str | int]:
    return [unit.unit, unit.numerator, unit.denominator]


def _candidate(one: Candidate, quantity: Decimal) -> dict[str, Any]:
    head, row, reason = one
    price = row.price_at(quantity)
    stored: dict[str, Any] = {
        "version": str(head.version_id),
        "list": head.list_code,
        "level": int(head.level),
        "priority": head.priority,
        "width": head.width,
        "from": head.valid_from.isoformat(),
        "to": head.valid_to.isoformat() if head.valid_to else None,
        "publish_no": head.publish_no,
        "unit": _unit(row.unit),
        "unit_price": None if row.unit_price is None else str(row.unit_price),
        "price": None if price is None else str(price),
        "reason": reason.value,
    }
    if row.breaks:
        stored["breaks"] = [[str(step.from_quantity), str(step.unit_price)] for step in row.breaks]
    if row.floor_price is not None:
        stored["floor"] = str(row.floor_price)
    if head.project:
        stored["project"] = head.project
    return stored


def replay(stored: dict[str, Any]) -> PricedLine:
    """The line computed again from its stored trace by today's rules: the same to the cent, or a bug.

    Nothing but the trace is read: neither today's lists nor today's partners.
    Raises: ValueError for a redacted trace or an unknown format.
    """
    if stored.get("format") != FORMAT:
        raise ValueError("this trace cannot be replayed")
    asked = stored["query"]
    query = PriceQuery(
        seller_id=asked["seller"],
        buyer_id=asked["buyer"],
        sku_id=asked["sku"],
        unit=UnitFactor(*asked["unit"]),
        quantity=Decimal(asked["quantity"]),
        on=date.fromisoformat(asked["on"]),
        currency=currency_of(asked["currency"]),
        tax_rate=Decimal(asked["tax_rate"]),
        project=asked["project"],
    )
    book = PriceBook(_version(one, query) for one in stored["candidates"])
    line = resolve(book, query)
    override = stored.get("override")
    if override is None:
        return line
    return overridden_line(
        line,
        AppliedOverride(
            Decimal(override["unit_price"]),
            override["reason"],
            override["role"],
            Decimal(override["discount"]),
            override["approved_by_role"],
        ),
    )


def _version(one: dict[str, Any], query: PriceQuery) -> VersionBook:
    head = PriceVersion(
        version_id=UUID(one["version"]),
        list_code=one["list"],
        seller_id=query.seller_id,
        currency=query.currency.code,
        level=PriceLevel(one["level"]),
        priority=one["priority"],
        width=one["width"],
        valid_from=date.fromisoformat(one["from"]),
        valid_to=date.fromisoformat(one["to"]) if one["to"] else None,
        publish_no=one["publish_no"],
        project=one.get("project", ""),
    )
    row = PriceRow(
        sku_id=query.sku_id,
        unit=UnitFactor(*one["unit"]),
        unit_price=None if one["unit_price"] is None else Decimal(one["unit_price"]),
        breaks=tuple(PriceBreak(Decimal(start), Decimal(price)) for start, price in one.get("breaks", ())),
        floor_price=Decimal(one["floor"]) if "floor" in one else None,
    )
    return VersionBook(head, [row])


def redact(stored: dict[str, Any]) -> dict[str, Any]:
    """What the buyer may read: the lists that speak to it, what they said, which one decided.

    Left out: floors, priorities, widths, lists for others or not in force yet, whose hand set a price.
    A list of what may be shown, so that a new field stays inside until someone lets it out. Not replayable.
    """
    shown: dict[str, Any] = {
        "format": "redacted",
        "query": {key: stored["query"][key] for key in ("sku", "unit", "quantity", "on", "currency")},
        "candidates": [
            {key: one[key] for key in _FOR_PARTNERS}
            for one in stored["candidates"]
            if one["reason"] not in _HIDDEN_REASONS
        ],
        "amount": stored["amount"],
    }
    if "override" in stored:
        shown["override"] = {"unit_price": stored["override"]["unit_price"]}
    return shown
