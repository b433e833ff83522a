"""What one document wrote into the ledger of goods, and which goods a keeper knows."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import connection

from huiliu.access import selectors as access
from huiliu.access.types import Actor
from huiliu.catalog import selectors as catalog
from huiliu.inventory.selectors.warehouses import warehouse_names
from huiliu.inventory.types.entries import EntryRow, EntrySide
from huiliu.partners import selectors as partners

ENTRIES_MAX = 2000


def entries_of(*, source_type: str, source_id: UUID) -> list[EntryRow]:
    """Its transfers of goods as far as the reach shows them, oldest first; at most 2000."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM inventory_entries(%s, %s, %s)", [source_type, source_id, ENTRIES_MAX])
        rows = cursor.fetchall()
    people = access.user_names({row[5] for row in rows if row[5]})
    owners = access.organizations_by_ids({one for row in rows for one in (row[9], row[13]) if one})
    places = warehouse_names({one for row in rows for one in (row[10], row[14]) if one})

    def side(kind: str | None, owner: int | None, place: int | None, lot: str | None) -> EntrySide | None:
        if kind is None:
            return None
        name = owners[owner].name if owner in owners else ""
        return EntrySide(kind, owner, name, place, places.get(place or 0, ""), lot or "")

    return [
        EntryRow(
            transfer_id=row[0],
            step=row[1],
            kind=row[2],
            sku_id=row[3],
            amount=row[4],
            user_name=people.get(row[5], ""),
            effective_at=row[6],
            recorded_at=row[7],
            given_by=side(*row[8:12]),
            taken_by=side(*row[12:16]),
        )
        for row in rows
    ]


def goods_known_to(*, actor: Actor, on: date) -> frozenset[int] | None:
    """Which skus an organization may look up: what it may buy and what it ever had; None: all, for brand staff."""
    if actor.is_staff:
        return None
    buyer = partners.buyer_facts(actor.organization_id)
    sellable = catalog.sellable_ids(buyer=buyer, on=on) if buyer else frozenset[int]()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT sku_id FROM ledger_account WHERE owner_id = %s AND sku_id IS NOT NULL",
            [actor.organization_id],
        )
        return sellable | {row[0] for row in cursor.fetchall()}
