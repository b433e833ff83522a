"""Prices into one draft of a price list: hundreds of rows a statement."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from uuid import UUID

from huiliu.integrations.errors import CellEmpty, OptionMissing, RowExists, RowMissing
from huiliu.integrations.importing.naming import RowRefusals
from huiliu.integrations.importing.rows import ImportRow
from huiliu.integrations.importing.types import Context, Done, Entity, Mode, Option
from huiliu.kernel.text import normalise
from huiliu.pricing import rules, selectors
from huiliu.pricing import services as pricing
from huiliu.pricing.types import PriceBreak, PriceRow, RowDraft

_BREAKS = (("break1_from", "break1_price"), ("break2_from", "break2_price"))
_Key = tuple[int, str]


class PriceApplier:
    """One import of prices."""

    batch = 500

    def __init__(self, context: Context) -> None:
        self.context = context
        try:
            self.version_id = UUID(context.options.get("price_list_id", ""))
        except ValueError as error:
            raise OptionMissing("Name the draft price list.", field="options.price_list_id") from error

    def unit_of(self, row: ImportRow) -> Hashable | None:  # noqa: ARG002 - each row is a price of its own
        return None

    def apply(self, rows: Sequence[ImportRow]) -> Sequence[Done]:
        selectors.get_price_list(self.version_id)
        wanted = pricing.rows_from_drafts(_drafts(rows))
        known = self._known(wanted)
        answers: list[Done] = []
        changed: dict[_Key, PriceRow] = {}
        refusals = RowRefusals()
        for place, price in enumerate(wanted):
            key = (price.sku_id, price.unit.unit)
            with refusals.of_row(place):
                rules.check_rows([price])
                answers.append(self._judge(price, changed.get(key) or known.get(key)))
                if answers[-1] is not Done.UNCHANGED:
                    changed[key] = price
        refusals.raise_if_any()
        if changed:
            pricing.put_rows(
                actor=self.context.actor,
                version_id=self.version_id,
                rows=list(changed.values()),
                now=self.context.now,
            )
        return answers

    def _known(self, wanted: Sequence[PriceRow]) -> dict[_Key, PriceRow]:
        """What the draft says of these goods as it stands."""
        there = pricing.rows_of(self.version_id, sku_ids={one.sku_id for one in wanted})
        return {(row.sku_id, row.unit.unit): row for row in there}

    def _judge(self, price: PriceRow, there: PriceRow | None) -> Done:
        if there == price:
            return Done.UNCHANGED
        if there is None and self.context.mode is Mode.UPDATE:
            raise RowMissing("The draft has no such price.", field="sku_code")
        if there is not None and self.context.mode is Mode.INSERT:
            raise RowExists("The draft has another price.", field="unit_price", given=str(there.unit_price))
        return Done.INSERTED if there is None else Done.UPDATED


def _drafts(rows: Sequence[ImportRow]) -> list[RowDraft]:
    refusals = RowRefusals()
    drafts = []
    for place, row in enumerate(rows):
        with refusals.of_row(place):
            drafts.append(_draft(row))
    refusals.raise_if_any()
    return drafts


def _draft(row: ImportRow) -> RowDraft:
    breaks = []
    for start, price in _BREAKS:
        given = [name for name in (start, price) if row.get(name) is not None]
        if len(given) == 1:
            raise CellEmpty(
                "A break needs its quantity and its price.", field=price if given[0] == start else start
            )
        if given:
            breaks.append(PriceBreak(row.get(start), row.get(price)))
    return RowDraft(
        sku_code=normalise(row.text("sku_code")),
        unit=normalise(row.text("unit")),
        unit_price=row.get("unit_price"),
        breaks=tuple(sorted(breaks)),
        floor_price=row.get("floor_price"),
    )


PRICES = Entity(
    "prices",
    frozenset({"policies:write"}),
    PriceApplier,
    options=(Option("price_list_id", "价目表草稿", "The draft of a price list"),),
)
