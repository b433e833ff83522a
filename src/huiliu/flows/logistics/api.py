"""Where shipped goods are: entered by hand, or pushed by a carrier that signs what it says."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from ninja import Form, Path, Schema
from pydantic import AwareDatetime, Field, StringConstraints

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.integrations.carriers import CARRIERS, CarrierUnknown, PushNotSigned, PushUnreadable
from huiliu.integrations.carriers.kuaidi100 import PARAM_MAX
from huiliu.kernel.ids import ClockSkewed, IdInvalid
from huiliu.orders import services as orders
from huiliu.orders.errors import ShipmentNotVisible, WaybillTaken, WaybillUnknown
from huiliu.orders.models import Waybill
from huiliu.orders.schemas import WaybillOut
from huiliu.orders.tracking import TrackingEvent, TrackingState
from huiliu.platform.database import system_reach

router = EdgeRouter(tag="logistics", module="orders")

Word = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9_.\-]+$")]
Line = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]


class WaybillIn(Schema):
    """A carrier's number for a shipment; `id` is the client's own UUIDv7."""

    id: UUID
    carrier: Word
    tracking_number: Word
    expected_at: AwareDatetime | None = None


class TrackingIn(Schema):
    """What happened on the road."""

    at: AwareDatetime
    state: TrackingState
    text: Line = ""
    place: Line = ""


class PushIn(Schema):
    """The fields that carriers post; what is in them is theirs."""

    param: Annotated[str, Field(max_length=PARAM_MAX)] = ""
    sign: Annotated[str, Field(max_length=200)] = ""


class PushOut(Schema):
    """What 快递100 takes for heard."""

    result: bool
    returnCode: str  # noqa: N815 - the carrier's own name
    message: str


def _out(waybill: Waybill) -> dict[str, Any]:
    names = ("carrier", "tracking_number", "state", "expected_at", "events")
    return {"id": waybill.pk} | {name: getattr(waybill, name) for name in names}


@router.post(
    "/shipments/{shipment_id}/waybills",
    scope="orders:ship",
    response=WaybillOut,
    status=201,
    errors=[ShipmentNotVisible, WaybillTaken, IdInvalid, ClockSkewed],
)
def attach_waybill(request: ActorRequest, shipment_id: UUID, body: WaybillIn) -> Any:
    """Say which carrier takes a shipment, under which number."""
    return _out(
        orders.attach_waybill(
            actor=request.actor,
            shipment_id=shipment_id,
            waybill_id=body.id,
            carrier=body.carrier,
            tracking_number=body.tracking_number,
            expected_at=body.expected_at,
            now=request.now,
        )
    )


@router.post(
    "/waybills/{waybill_id}/events",
    scope="orders:ship",
    response=WaybillOut,
    errors=[WaybillUnknown],
)
def track_by_hand(request: ActorRequest, waybill_id: UUID, body: TrackingIn) -> Any:
    """Write down what a driver or a phone call said."""
    event = TrackingEvent(_time(body.at), body.state, body.text, body.place)
    return _out(
        orders.track_by_hand(actor=request.actor, waybill_id=waybill_id, event=event, now=request.now)
    )


def _time(at: datetime) -> datetime:
    return at.replace(microsecond=0)


@router.post(
    "/logistics/push/{carrier}",
    public=True,
    response=PushOut,
    errors=[CarrierUnknown, PushNotSigned, PushUnreadable, WaybillUnknown],
    summary="A carrier tells where goods are",
)
def push_tracking(request: ActorRequest, carrier: Path[Word], body: Form[PushIn]) -> Any:
    """Heard only when the signature fits; the same push again changes nothing."""
    adapter = CARRIERS.get(carrier)
    if adapter is None:
        raise CarrierUnknown("This carrier is not connected.", carrier=carrier)
    push = adapter.read(body.dict(), secret=settings.CARRIER_SECRETS.get(carrier, ""))
    with system_reach("logistics"):
        orders.track(
            carrier=push.carrier, tracking_number=push.tracking_number, told=push.events, now=request.now
        )
    return adapter.answer()
