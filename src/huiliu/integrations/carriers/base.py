"""What every carrier adapter does: judge the signature, read the payload, answer as the carrier expects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from huiliu.kernel.refusals import DomainError, Kind
from huiliu.orders.tracking import TrackingEvent


class CarrierUnknown(DomainError):
    """Use the code of a carrier that is connected here."""

    code = "integrations.carrier_unknown"
    kind = Kind.NOT_FOUND


class PushNotSigned(DomainError):
    """Check the salt that is set at the carrier and in HUILIU_CARRIER_SECRETS."""

    code = "integrations.push_not_signed"
    kind = Kind.UNAUTHENTICATED


class PushUnreadable(DomainError):
    """Send what the carrier's own document says; the body could not be understood."""

    code = "integrations.push_unreadable"
    kind = Kind.INVALID


@dataclass(frozen=True, slots=True)
class TrackingPush:
    """One push: a carrier's code as our waybills name it, its number, and the story so far."""

    carrier: str
    tracking_number: str
    events: tuple[TrackingEvent, ...]


class CarrierAdapter(Protocol):
    """One carrier or hub. Pure: bytes in, facts out."""

    def read(self, form: Mapping[str, str], *, secret: str) -> TrackingPush:
        """Judge and translate. Raises: PushNotSigned, PushUnreadable."""
        ...

    def answer(self) -> dict[str, Any]:
        """What the carrier takes for "heard"; anything else it sends again."""
        ...
