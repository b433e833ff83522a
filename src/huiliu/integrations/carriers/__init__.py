"""Carriers that tell us where goods are: one adapter each, one vocabulary (`orders.tracking`)."""

from huiliu.integrations.carriers.base import (
    CarrierAdapter,
    CarrierUnknown,
    PushNotSigned,
    PushUnreadable,
    TrackingPush,
)
from huiliu.integrations.carriers.kuaidi100 import Kuaidi100

#: By the name in the push address.
CARRIERS: dict[str, CarrierAdapter] = {"kuaidi100": Kuaidi100()}

__all__ = [
    "CARRIERS",
    "CarrierAdapter",
    "CarrierUnknown",
    "PushNotSigned",
    "PushUnreadable",
    "TrackingPush",
]
