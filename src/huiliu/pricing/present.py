"""Price lists and prices as the API writes them; floors and other buyers' lists stay with brand staff."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.kernel.money import amount_text, plain_text
from huiliu.kernel.quantity import UnitFactor
from huiliu.partners import selectors as partners
from huiliu.policies.present import versions_out
from huiliu.policies.types import VersionHead
from huiliu.pricing import rules, selectors
from huiliu.pricing import schemas as shapes
from huiliu.pricing.services.book import EVERYONE
from huiliu.pricing.types import (
    Candidate,
    ListDiff,
    PriceBreak,
    PricedLine,
    PriceLevel,
    PriceRow,
    PriceVersion,
    RowChange,
    RowDraft,
    RowKey,
    ShownPrice,
)


def price_list_out(head: VersionHead, *, actor: Actor) -> dict[str, Any]:
    """Shape: schemas.PriceListOut."""
    return price_lists_out([head], actor=actor)[0]


def price_lists_out(heads: Sequence[VersionHead], *, actor: Actor) -> list[dict[str, Any]]:
    """Shape: schemas.PriceListOut, each."""
    shown = versions_out(heads, actor=actor)
    return [one | _content(head) for one, head in zip(shown, heads, strict=True)]


def _content(head: VersionHead) -> dict[str, Any]:
    content = head.content
    return {
        "level": PriceLevel(content["level"]).name,
        "currency": content["currency"],
        "priority": content.get("priority", 0),
        "project": content.get("project", ""),
    }


def organization_names(ids: Sequence[int]) -> dict[int, str]:
    """Names of organizations, from the partners' cache."""
    found = {one: partners.buyer_facts(one) for one in ids}
    return {one: facts.name for one, facts in found.items() if facts}


def row_draft(row: shapes.RowIn) -> RowDraft:
    return RowDraft(
        unit_price=row.unit_price,
        sku_code=row.sku_code.strip(),
        sku_id=row.sku_id,
        unit=row.unit.strip(),
        breaks=tuple(PriceBreak(one.from_quantity, one.unit_price) for one in row.breaks),
        floor_price=row.floor_price,
    )


def rows_out(rows: Sequence[PriceRow]) -> list[dict[str, Any]]:
    """Shape: schemas.RowOut."""
    skus = catalog.sku_facts({row.sku_id for row in rows})
    return [
        {
            "sku_id": row.sku_id,
            "sku_code": skus[row.sku_id].code if row.sku_id in skus else "",
            "sku_name": skus[row.sku_id].name if row.sku_id in skus else "",
            "unit": row.unit.unit,
        }
        | _side(row)
        for row in rows
    ]


def breaks_out(breaks: Sequence[PriceBreak]) -> list[dict[str, str]]:
    return [
        {"from_quantity": plain_text(one.from_quantity), "unit_price": plain_text(one.unit_price)}
        for one in breaks
    ]


def sheet_row_out(one: selectors.SheetRow) -> dict[str, Any]:
    """Shape: schemas.SheetRowOut."""
    row = one.row
    before = None if one.price_before is None else plain_text(one.price_before)
    return {"sku_id": row.sku_id, "unit": row.unit.unit, "price_before": before} | _side(row)


def _side(row: PriceRow) -> dict[str, Any]:
    return {
        "unit_price": None if row.unit_price is None else plain_text(row.unit_price),
        "breaks": breaks_out(row.breaks),
        "floor_price": None if row.floor_price is None else plain_text(row.floor_price),
    }


def goods_out(one: selectors.Goods) -> dict[str, Any]:
    """Shape: schemas.PricedGoodsOut."""
    sku = one.sku
    return {
        "sku_id": sku.id,
        "code": sku.code,
        "name": sku.name,
        "specification": sku.specification,
        "initials": one.initials,
        "status": sku.status,
        "base_unit": sku.base_unit,
        "order_unit": sku.order_unit,
        "units": units_out(sku.units),
    }


def changes_out(changes: Sequence[selectors.VersionChange]) -> list[dict[str, Any]]:
    """Shape: schemas.ChangeOut, each."""
    skus = catalog.sku_facts({one.row.sku_id for one in changes})
    return [
        {
            "sku_id": one.row.sku_id,
            "sku_code": skus[one.row.sku_id].code if one.row.sku_id in skus else "",
            "sku_name": skus[one.row.sku_id].name if one.row.sku_id in skus else "",
            "unit": one.row.unit.unit,
            "kind": one.kind,
            "before": _side(one.before) if one.before else None,
            "after": _side(one.after) if one.after else None,
            "percent": None if one.percent is None else str(one.percent),
        }
        for one in changes
    ]


def diff_out(diff: ListDiff, *, shown_max: int) -> dict[str, Any]:
    """Shape: schemas.DiffOut without its words."""
    lists = {name: getattr(diff, name) for name in ("added", "removed", "raised", "lowered", "terms")}
    ids = {row.sku_id for rows in lists.values() for row in rows[:shown_max]}
    codes = {sku_id: sku.code for sku_id, sku in catalog.sku_facts(ids).items()}
    shown = {name: [_diff_row(row, codes) for row in rows[:shown_max]] for name, rows in lists.items()}
    counts = {name: len(rows) for name, rows in lists.items()} | {"unchanged": diff.unchanged}
    return {"counts": counts, **shown}


def _diff_row(row: RowKey | RowChange, codes: dict[int, str]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "sku_id": row.sku_id,
        "sku_code": codes.get(row.sku_id, ""),
        "unit": row.unit,
    }
    if isinstance(row, RowKey):
        return found | {"price": plain_text(row.price)}
    return found | {
        "before": plain_text(row.before),
        "after": plain_text(row.after),
        "percent": str(row.percent),
    }


def impact_out(
    *, actor: Actor, version_id: UUID, buyer_ids: Sequence[int], sku_ids: Sequence[int], on: date | None
) -> list[dict[str, Any]]:
    """Shape: schemas.ImpactOut; buyers beyond the actor's reach are left out."""
    reach = actor.reach
    seen = [
        one
        for one in buyer_ids
        if (facts := partners.buyer_facts(one)) and (reach.everything or reach.lo <= facts.path < reach.hi)
    ]
    head = selectors.get_price_list(version_id)
    wanted = [
        (sku.id, unit) for sku in catalog.sku_facts(sku_ids).values() if (unit := sku.factor(sku.order_unit))
    ]
    changes = selectors.price_changes(
        version_id=version_id, buyer_ids=seen, skus=wanted, on=on or head.valid_from
    )
    return [
        {
            "buyer_id": one.buyer_id,
            "sku_id": one.sku_id,
            "unit": one.unit,
            "before": None if one.before is None else plain_text(one.before),
            "after": None if one.after is None else plain_text(one.after),
        }
        for one in changes
    ]


def shown_price(price: ShownPrice) -> dict[str, Any]:
    """Shape: schemas.ShownPriceOut."""
    return {
        "sku_id": price.sku_id,
        "sku_code": price.sku_code,
        "sku_name": price.sku_name,
        "unit": price.unit,
        "unit_price": plain_text(price.unit_price),
        "currency": price.currency,
        "list_code": price.list_code,
        "breaks": breaks_out(price.breaks),
        "base_unit": price.base_unit,
        "order_unit": price.order_unit,
        "units": units_out(price.units),
    }


def calendar_out(calendar: selectors.Calendar) -> dict[str, Any]:
    """Shape: schemas.PriceCalendarOut."""

    def version(head: PriceVersion) -> dict[str, Any]:
        known = calendar.heads[head.version_id]
        return {"id": known.id, "code": known.code, "name": known.name, "version_no": known.version_no}

    def names(ids: Sequence[int]) -> list[str]:
        return [calendar.names[one] for one in ids if one in calendar.names]

    return {
        "overlaps": [
            {
                "wins": version(one.winner),
                "loses": version(one.loser),
                "from_day": one.start,
                "to_day": one.end,
                "reason": one.reason,
                "goods": one.goods,
                "goods_named": names(one.named),
                "buyers": one.buyers,
            }
            for one in calendar.overlaps
        ],
        "overlaps_left": calendar.overlaps_left,
        "gaps": [
            {
                "after": version(one.version),
                "from_day": one.start,
                "to_day": one.end,
                "goods": one.goods,
                "goods_named": names(one.named),
            }
            for one in calendar.gaps
        ],
    }


def units_out(units: Sequence[UnitFactor]) -> list[dict[str, Any]]:
    """Shape: schemas.PriceUnitOut."""
    return [{"unit": one.unit, "numerator": one.numerator, "denominator": one.denominator} for one in units]


def preview_line(line: PricedLine, *, actor: Actor) -> dict[str, Any]:
    """The priced part of schemas.PreviewLineOut; the trace is redacted to the reader."""
    exponent = line.currency.exponent
    stored = rules.snapshot(line)
    shown = stored if actor.is_staff else rules.redact(stored)
    return {
        "orderable": True,
        "unit_price": plain_text(line.entered_unit_price),
        "gross_amount": amount_text(line.gross_amount, exponent),
        "net_amount": amount_text(line.net_amount, exponent),
        "tax_amount": amount_text(line.tax_amount, exponent),
        "words": rules.render(shown, actor.locale),
        "trace": shown,
    }


def candidate_out(one: Candidate, quantity: Any) -> dict[str, Any]:
    """Shape: schemas.CandidateOut."""
    head, row, reason = one
    price = row.price_at(quantity)
    return {
        "version_id": head.version_id,
        "list_code": head.list_code,
        "level": head.level.name,
        "priority": head.priority,
        "width": None if head.width >= EVERYONE else head.width,
        "valid_from": head.valid_from,
        "valid_to": head.valid_to,
        "publish_no": head.publish_no,
        "project": head.project,
        "unit": row.unit.unit,
        "unit_price": None if row.unit_price is None else plain_text(row.unit_price),
        "price": None if price is None else plain_text(price),
        "floor_price": None if row.floor_price is None else plain_text(row.floor_price),
        "reason": reason.value,
    }
