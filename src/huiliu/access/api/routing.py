"""The router of this module, and where a request comes from."""

from __future__ import annotations

from django.http import HttpRequest

from huiliu.access.edge import EdgeRouter
from huiliu.access.services.sessions import Device

router = EdgeRouter(tag="access", module="access")


def device_of(request: HttpRequest) -> Device:
    return Device(
        ip=str(request.META.get("REMOTE_ADDR", "")), user_agent=request.headers.get("User-Agent", "")
    )
