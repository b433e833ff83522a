"""Waybills: which carrier has the goods of a shipment, and what it says of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from huiliu.access.types import Actor
from huiliu.kernel.ids import check_uuid7
from huiliu.orders.errors import ShipmentNotVisible, WaybillTaken, WaybillUnknown
from huiliu.orders.models import Shipment, Waybill
from huiliu.orders.tracking import TrackingEvent, merge, state_of
from huiliu.platform import audit, events
from huiliu.platform.errors import ScopeMissing


def attach_waybill(
    *,
    actor: Actor,
    shipment_id: UUID,
    waybill_id: UUID,
    carrier: str,
    tracking_number: str,
    expected_at: datetime | None = None,
    now: datetime,
) -> Waybill:
    """Say which carrier takes a shipment, under which number.

    Replay: the same waybill id answers the first one.
    Raises: ShipmentNotVisible, ScopeMissing (only the seller's side), WaybillTaken (one number, one shipment).
    """
    check_uuid7(waybill_id, now=now)
    shipment = Shipment.objects.filter(pk=shipment_id).first()
    if shipment is None:
        raise ShipmentNotVisible("There is no such shipment.", shipment_id=str(shipment_id))
    _only_the_seller(actor, shipment.seller_path)
    earlier = Waybill.objects.filter(pk=waybill_id, shipment_id=shipment_id).first()
    if earlier is not None:
        return earlier
    try:
        with transaction.atomic():
            waybill = Waybill.objects.create(
                id=waybill_id,
                shipment_id=shipment_id,
                buyer_path=shipment.buyer_path,
                seller_path=shipment.seller_path,
                carrier=carrier,
                tracking_number=tracking_number,
                expected_at=expected_at,
                updated_at=now,
            )
    except IntegrityError as error:
        raise WaybillTaken(
            "This number belongs to another shipment.", carrier=carrier, tracking_number=tracking_number
        ) from error
    _tell(waybill, shipment, user_id=actor.user_id, now=now, text="")
    audit.record(
        actor=actor,
        action="waybill.attached",
        subject_type="shipment",
        subject_id=shipment_id,
        owner_path=actor.organization_path,
        now=now,
        after={"carrier": carrier, "tracking_number": tracking_number},
    )
    return waybill


def track_by_hand(*, actor: Actor, waybill_id: UUID, event: TrackingEvent, now: datetime) -> Waybill:
    """Write down what a driver or a phone call said.

    Locks:  the waybill.
    Raises: WaybillUnknown, ScopeMissing (only the seller's side).
    """
    waybill = Waybill.objects.select_for_update(no_key=True).filter(pk=waybill_id).first()
    if waybill is None:
        raise WaybillUnknown("There is no such waybill.", waybill_id=str(waybill_id))
    _only_the_seller(actor, waybill.seller_path)
    changed = _hear(waybill, [event], source="by hand", user_id=actor.user_id, now=now)
    if changed:
        audit.record(
            actor=actor,
            action="waybill.tracked",
            subject_type="shipment",
            subject_id=waybill.shipment_id,
            owner_path=actor.organization_path,
            now=now,
            after={"state": waybill.state, "text": event.text},
        )
    return waybill


def track(
    *, carrier: str, tracking_number: str, told: Sequence[TrackingEvent], now: datetime
) -> tuple[Waybill, bool]:
    """What a carrier's own system says; its signature was judged before. Runs under a system reach.

    Locks:  the waybill: two pushes at once are heard one after the other.
    Replay: the same push again changes nothing; answers whether this one did.
    Raises: WaybillUnknown.
    """
    waybill = (
        Waybill.objects.select_for_update(no_key=True)
        .filter(carrier=carrier, tracking_number=tracking_number)
        .first()
    )
    if waybill is None:
        raise WaybillUnknown("Nobody here waits for this number.", tracking_number=tracking_number)
    return waybill, _hear(waybill, told, source=carrier, user_id=None, now=now)


def _hear(
    waybill: Waybill, told: Sequence[TrackingEvent], *, source: str, user_id: int | None, now: datetime
) -> bool:
    story = merge(waybill.events, told, source=source, now=now)
    if story == waybill.events:
        return False
    waybill.events, waybill.state, waybill.updated_at = story, state_of(story).value, now
    waybill.save(update_fields=["events", "state", "updated_at"])
    shipment = Shipment.objects.get(pk=waybill.shipment_id)
    _tell(waybill, shipment, user_id=user_id, now=now, text=story[-1]["text"])
    return True


def _tell(waybill: Waybill, shipment: Shipment, *, user_id: int | None, now: datetime, text: str) -> None:
    events.publish(
        type="order.tracked",
        subject_type="order",
        subject_id=shipment.order_id,
        paths=(waybill.buyer_path, waybill.seller_path),
        user_id=user_id,
        now=now,
        payload={
            "number": shipment.number,
            "carrier": waybill.carrier,
            "tracking_number": waybill.tracking_number,
            "state": waybill.state,
            "text": text,
        },
    )


def _only_the_seller(actor: Actor, seller_path: str) -> None:
    if not seller_path.startswith(actor.organization_path):
        raise ScopeMissing("Only the seller's side tells where its goods are.", scope="orders:ship")
