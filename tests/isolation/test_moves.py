"""A dealer moves: its rows follow to whoever reaches it now, its past stays, and nothing is left behind."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from psycopg import sql

from huiliu.access import services
from huiliu.access.errors import (
    MoveBeforeLatest,
    MoveInFuture,
    MoveInProgress,
    OrganizationKindWrong,
    OrganizationNotVisible,
)
from huiliu.access.models import Organization, PathRewrite, Placement
from huiliu.access.selectors import list_placements, placement_on
from huiliu.access.services import moves
from huiliu.access.types import Actor, Moved, Role
from huiliu.kernel.ids import uuid7
from huiliu.orders.models import Line, Order
from huiliu.platform.models import AuditRecord, Event
from huiliu.testing.actors import NOW, a_brand, acting, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.ledger import as_owner, at_once, committed
from huiliu.testing.trade import Channel, a_channel

JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)


def move(actor: Actor, what: Organization, below: Organization, on: date = JUNE) -> Moved:
    return services.move_organization(
        actor=actor, organization_id=what.pk, parent_id=below.pk, effective_on=on, reason="划区", now=NOW
    )


def an_order(channel: Channel) -> str:
    body = {
        "id": str(uuid7()),
        "seller_id": channel.brand.pk,
        "lines": [{"sku_code": channel.sku.code, "quantity": "10"}],
    }
    answer = Api(channel.owner).post("/orders", body)
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def again(actor: Actor) -> Actor:
    """The actor as the next request builds it, after its organization moved."""
    return an_actor(Organization.objects.get(pk=actor.organization_id), *actor.roles)


@pytest.mark.django_db
def test_a_moved_dealer_keeps_its_orders_and_events_and_its_former_branch_loses_them():
    channel = a_channel()
    east, south = (an_organization(kind="BRANCH", parent=channel.brand) for _ in range(2))
    move(channel.staff, channel.dealer, east)
    PathRewrite.objects.update(finished_at=NOW)  # as the worker would
    channel = Channel(**{**vars(channel), "owner": again(channel.owner)})
    order_id = an_order(channel)
    former, present = an_actor(east, Role.ADMINISTRATOR), an_actor(south, Role.ADMINISTRATOR)
    with acting(former):
        told = Event.objects.filter(subject_id=order_id).count()
    assert told > 0

    moved = move(channel.staff, channel.dealer, south)

    assert (moved.pending, moves.paths_left(str(east.path + f"{channel.dealer.pk:06x}."))) == (False, False)
    for seeing in (present, again(channel.owner)):
        with acting(seeing):
            assert [str(one.pk) for one in Order.objects.all()] == [order_id]
            assert Line.objects.count() == 1
            assert Event.objects.filter(subject_id=order_id).count() == told
    with acting(former):
        assert (Order.objects.count(), Line.objects.count()) == (0, 0)
        assert Event.objects.filter(subject_id=order_id).count() == 0
    order = Order.objects.get()
    assert order.buyer_path_then.startswith(east.path)  # reports: where it stood that day
    assert order.buyer_path.startswith(south.path)


@pytest.mark.django_db
def test_the_past_stays_where_it_was_also_for_what_stood_below():
    brand = a_brand()
    east, south = (an_organization(kind="BRANCH", parent=brand) for _ in range(2))
    dealer = an_organization(parent=east)
    store = an_organization(kind="STORE", parent=dealer)
    young = an_organization(kind="STORE", parent=dealer)
    Placement.objects.filter(organization=young).update(valid_from=date(2026, 6, 10))
    staff, before = an_actor(brand), (dealer.path, store.path)

    move(staff, dealer, south)

    for organization, path in zip((dealer, store), before, strict=True):
        organization.refresh_from_db()
        assert placement_on(organization_id=organization.pk, on=date(2025, 12, 31)) == path
        assert placement_on(organization_id=organization.pk, on=date(2026, 5, 31)) == path
        assert placement_on(organization_id=organization.pk, on=JUNE) == organization.path
    young.refresh_from_db()
    assert placement_on(organization_id=young.pk, on=date(2026, 6, 9)) is None
    assert placement_on(organization_id=young.pk, on=date(2026, 6, 10)) == young.path
    assert [
        (row.parent_id, row.valid_from, row.valid_to) for row in list_placements(organization_id=dealer.pk)
    ] == [
        (east.pk, date(2020, 1, 1), JUNE),
        (south.pk, JUNE, None),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "on", "refusal"),
    [
        ("STORE", JUNE, OrganizationKindWrong),
        ("BRANCH", JULY, MoveInFuture),
        ("BRANCH", date(2019, 12, 31), MoveBeforeLatest),
    ],
)
def test_a_move_that_cannot_be_is_refused_and_nothing_happens(kind, on, refusal):
    brand = a_brand()
    dealer, place = an_organization(parent=brand), an_organization(kind=kind, parent=brand)
    staff = an_actor(brand)

    with pytest.raises(refusal):
        move(staff, dealer, place, on=on)

    dealer.refresh_from_db()
    assert dealer.parent_id == brand.pk
    assert (Event.objects.count(), AuditRecord.objects.count(), PathRewrite.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_a_branch_moves_only_within_its_own_part():
    brand = a_brand()
    east, south = (an_organization(kind="BRANCH", parent=brand) for _ in range(2))
    dealer, other = an_organization(parent=east), an_organization(parent=south)
    manager = an_actor(east, Role.CHANNEL_MANAGER)

    for what, below in ((dealer, south), (other, east), (south, east)):  # branches' names are shown to all
        with acting(manager), pytest.raises(OrganizationNotVisible):
            move(manager, what, below)

    assert PathRewrite.objects.count() == 0


@pytest.mark.django_db
def test_a_preview_tells_what_a_move_takes_along_and_moves_nothing():
    channel = a_channel()
    east = an_organization(kind="BRANCH", parent=channel.brand)
    an_order(channel)

    answer = Api(channel.staff).post(
        f"/organizations/{channel.dealer.pk}/move-preview", {"parent_id": east.pk}
    )

    effect = answer.json()
    assert (answer.status_code, effect["organizations"], effect["users"]) == (200, 2, 2)
    assert effect["rows"]["orders_order.buyer_path"] == 1
    assert Organization.objects.get(pk=channel.dealer.pk).path == channel.dealer.path


def test_every_path_column_of_every_row_follows_append_only_ones_included(committed_db):
    """The trigger list of an append-only table is every column but its paths: a forgotten one would refuse here,
    one too many would let history be rewritten.
    """
    first, rest = moves.path_columns()
    by_table: dict[str, set[str]] = {}
    for target in [*first, *rest]:
        table, column = target.split(".")
        by_table.setdefault(table, set()).add(column)
    with as_owner(committed_db) as owner:
        guards = owner.execute(
            "SELECT c.relname, t.tgattr::int2[], ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid"
            "  AND a.attnum > 0 AND NOT a.attisdropped AND a.attnum <> ALL (t.tgattr::int2[]))"
            "  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT t.tgisinternal AND t.tgtype & 1 = 0 AND t.tgtype & 2 = 2 AND t.tgtype & 16 = 16"
        ).fetchall()
        for table, columns in by_table.items():
            assignments = sql.SQL(", ").join(
                sql.SQL("{0} = {0}").format(sql.Identifier(column)) for column in sorted(columns)
            )
            owner.execute(sql.SQL("UPDATE {} SET {}").format(sql.Identifier(table), assignments))

    assert {table for table, _, _ in guards} >= {"platform_event", "platform_audit_record", "ledger_transfer"}
    for table, named, unguarded in guards:
        assert set(unguarded if named else ()) == by_table.get(table, set()), table


def test_a_large_move_goes_on_in_chunks_until_nothing_is_left(committed_db, monkeypatch):
    monkeypatch.setattr(moves, "ROWS_AT_ONCE", 3)
    channel = committed(a_channel)
    east = committed(lambda: an_organization(kind="BRANCH", parent=channel.brand))
    order_id = committed(lambda: an_order(channel))

    moved = committed(lambda: move(channel.staff, channel.dealer, east))
    owner = committed(lambda: again(channel.owner))
    assert moved.pending
    assert committed(lambda: Organization.objects.get(pk=channel.store.pk).path).startswith(east.path)
    refused = at_once([lambda: move(channel.staff, channel.dealer, channel.brand)])
    assert [type(one) for one in refused] == [MoveInProgress]
    chunks = []
    while chunks[-1:] != [0]:
        chunks.append(committed(lambda: services.continue_path_rewrites(now=NOW, rows_max=2)))

    assert max(chunks) == 2
    assert len(chunks) > 3
    assert committed(lambda: PathRewrite.objects.get().finished_at) == NOW
    assert not committed(lambda: moves.paths_left(channel.dealer.path))

    def orders_seen() -> list[str]:
        with acting(owner):
            return [str(one.pk) for one in Order.objects.all()]

    assert committed(orders_seen) == [order_id]


def test_a_row_that_an_older_transaction_adds_later_follows_too(committed_db):
    channel = committed(a_channel)
    east = committed(lambda: an_organization(kind="BRANCH", parent=channel.brand))
    with as_owner(committed_db) as older, older.transaction():
        older.execute(
            "INSERT INTO platform_audit_record (at, owner_path, action, subject_type, subject_id, reason, request_id)"
            " VALUES (now(), %s, 'late', 'test', '1', '', '')",
            [channel.dealer.path],
        )
        moved = committed(lambda: move(channel.staff, channel.dealer, east))
        assert not moved.pending  # nobody sees the late row yet
        committed(lambda: services.continue_path_rewrites(now=NOW))
        assert committed(lambda: PathRewrite.objects.get().finished_at) is None

    assert committed(lambda: services.continue_path_rewrites(now=NOW)) == 1

    assert committed(lambda: PathRewrite.objects.get().finished_at) == NOW
    late = committed(lambda: AuditRecord.objects.get(action="late").owner_path)
    assert late.startswith(east.path)


def two_move_it_at_once() -> tuple[Counter[str], set[str]]:
    """Two people move one dealer, each below another branch; the answers, and where its store then stands."""
    brand = committed(a_brand)
    branches = [committed(lambda: an_organization(kind="BRANCH", parent=brand)) for _ in range(2)]
    dealer = committed(lambda: an_organization(parent=brand))
    store = committed(lambda: an_organization(kind="STORE", parent=dealer))
    staff = committed(lambda: an_actor(brand))
    answers = at_once([lambda below=below: move(staff, dealer, below) for below in branches])

    def standing() -> set[str]:
        found = Organization.objects.in_bulk([dealer.pk, store.pk])
        parent = Organization.objects.get(pk=found[dealer.pk].parent_id)
        assert found[dealer.pk].path.startswith(parent.path)
        assert found[store.pk].path.startswith(found[dealer.pk].path)
        return {parent.kind}

    return Counter(type(one).__name__ for one in answers), committed(standing)


def test_of_two_moves_at_once_one_is_refused_and_the_tree_is_whole(committed_db):
    answers, parents = two_move_it_at_once()

    assert answers == {"Moved": 1, "MoveInProgress": 1}
    assert parents == {"BRANCH"}
    assert committed(PathRewrite.objects.count) == 1


def test_two_that_change_places_cannot_make_a_cycle(committed_db):
    """Each below the other, at once: one moves, the other is refused."""
    brand = committed(a_brand)
    pair = [committed(lambda: an_organization(parent=brand)) for _ in range(2)]
    staff = committed(lambda: an_actor(brand))

    answers = at_once([lambda: move(staff, pair[0], pair[1]), lambda: move(staff, pair[1], pair[0])])

    assert sorted(type(one).__name__ for one in answers) in (
        ["Moved", "TreeCycle"],
        ["MoveInProgress", "Moved"],
    )

    def depths() -> list[int]:
        return sorted(len(one.path) for one in Organization.objects.filter(pk__in=[one.pk for one in pair]))

    assert committed(depths) == [14, 21]
    connection.close()
