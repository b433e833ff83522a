"""What a document wrote into the ledger, and goods as a keeper scans or types them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ninja import Query

from huiliu.access.edge import ActorRequest
from huiliu.catalog import selectors as catalog
from huiliu.catalog.errors import BarcodeInvalid
from huiliu.catalog.types import SkuFacts
from huiliu.inventory.api.edge import cases_text, router, units_text
from huiliu.inventory.schemas import entries as shapes
from huiliu.inventory.selectors import entries as selectors
from huiliu.kernel.period import business_date
from huiliu.kernel.pinyin import search_words


@router.get("/stock/entries", scope="stock:read", response=list[shapes.StockEntryOut])
def list_stock_entries(request: ActorRequest, query: Query[shapes.EntryQuery]) -> Any:  # noqa: ARG001 - the edge's shape
    """Everything a document wrote into the ledger of goods, oldest first."""
    rows = selectors.entries_of(source_type=query.source_type.value, source_id=query.source_id)
    known = catalog.sku_facts({row.sku_id for row in rows})
    out = []
    for row in rows:
        sku = known.get(row.sku_id)
        out.append(
            asdict(row)
            | {
                "sku_code": sku.code if sku else "",
                "sku_name": sku.name if sku else "",
                "amount": units_text(row.amount),
                "amount_text": cases_text(row.amount, sku),
            }
        )
    return out


@router.get("/stock/goods", scope="stock:read", response=list[shapes.GoodsOut])
def find_goods(request: ActorRequest, query: Query[shapes.GoodsQuery]) -> Any:
    """Goods by a scanned code, by words, or by id; a code that fits exactly comes alone.

    A partner finds what it may buy and what it ever had in stock.
    """
    index = catalog.sku_index()
    known = selectors.goods_known_to(
        actor=request.actor, on=business_date(request.now, request.actor.timezone)
    )
    if query.sku_id:
        found = [index.by_id[sku_id] for sku_id in query.sku_id if sku_id in index.by_id]
        return [_goods(sku, "") for sku in found if known is None or sku.id in known][: query.limit]
    text = query.text.strip()
    exact = _scanned(text)
    if exact and (known is None or exact[0].id in known):
        return [_goods(*exact)]
    words = [word.lower() for word in search_words(text)]
    matches = (
        sku
        for sku in index.by_id.values()
        if (known is None or sku.id in known)
        and all(word in f"{sku.code} {sku.name} {sku.specification}".lower() for word in words)
    )
    chosen = sorted(matches, key=lambda sku: (sku.status != "ACTIVE", sku.code))[: query.limit]
    return [_goods(sku, "") for sku in chosen]


def _scanned(text: str) -> tuple[SkuFacts, str] | None:
    """The goods of a code or barcode that fits to the letter."""
    if not text:
        return None
    by_code = catalog.sku_facts_by_code([text]).get(text)
    if by_code is not None:
        return by_code, ""
    try:
        return catalog.sku_by_barcode(text)
    except BarcodeInvalid:
        return None


def _goods(sku: SkuFacts, scanned_unit: str) -> dict[str, Any]:
    names = ("code", "name", "specification", "base_unit", "is_whole")
    return {name: getattr(sku, name) for name in names} | {
        "sku_id": sku.id,
        "units": [
            {"unit": one.unit, "numerator": one.numerator, "denominator": one.denominator}
            for one in sku.units
        ],
        "scanned_unit": scanned_unit,
    }
