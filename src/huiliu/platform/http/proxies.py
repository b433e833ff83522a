"""Who asks, when proxies of ours stand between: each of them adds the address it heard to the end of X-Forwarded-For."""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_address

import structlog
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from huiliu.settings import ENV

log = structlog.get_logger("huiliu.http")
_PORT = re.compile(r"^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$")


def behind_proxies(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """REMOTE_ADDR is who asks, for the limits of sign-in and requests and for the list of devices."""

    is_told = False

    def middleware(request: HttpRequest) -> HttpResponseBase:
        nonlocal is_told
        heard = request.headers.get("X-Forwarded-For", "")
        if ENV.proxies:
            request.META["REMOTE_ADDR"] = caller(request.META.get("REMOTE_ADDR", ""), heard, ENV.proxies)
        elif heard and not is_told:
            is_told = True
            log.warning("a proxy stands in front and HUILIU_PROXIES is 0: everybody counts as one address")
        return get_response(request)

    return middleware


def caller(connected: str, forwarded: str, proxies: int) -> str:
    """The address that the outermost of our `proxies` heard; what a client wrote itself in front counts for nothing.

    Whoever came past them, or is told in a way that is no address, is who is connected.
    """
    told = forwarded.split(",") if forwarded else []
    if not 0 < proxies <= len(told):
        return connected
    return _address(told[-proxies].strip()) or connected


def _address(text: str) -> str:
    """Without the port that some proxies add; "" for what is no address."""
    if with_port := _PORT.match(text):
        text = with_port[1] or with_port[2]
    try:
        return str(ip_address(text))
    except ValueError:
        return ""
