"""快递100 subscription push: form fields `param` (JSON) and `sign` (upper-case MD5 of param and salt).

Source: the push section of api.kuaidi100.com's document; times are Beijing's. The hub names the real carrier in
`lastResult.com`; our waybills carry that code.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from huiliu.integrations.carriers.base import PushNotSigned, PushUnreadable, TrackingPush
from huiliu.orders.tracking import EVENTS_MAX, TrackingEvent, TrackingState

BEIJING = ZoneInfo("Asia/Shanghai")
PARAM_MAX = 500_000

#: The word beside each scan; anything else is somewhere on the way.
_BY_WORD = {
    "揽收": TrackingState.ACCEPTED,
    "在途": TrackingState.IN_TRANSIT,
    "干线": TrackingState.IN_TRANSIT,
    "转投": TrackingState.IN_TRANSIT,
    "清关": TrackingState.IN_TRANSIT,
    "派件": TrackingState.OUT_FOR_DELIVERY,
    "投柜或驿站": TrackingState.OUT_FOR_DELIVERY,
    "签收": TrackingState.DELIVERED,
    "本人签收": TrackingState.DELIVERED,
    "代签": TrackingState.DELIVERED,
    "疑难": TrackingState.EXCEPTION,
    "超时未签收": TrackingState.EXCEPTION,
    "拒签": TrackingState.EXCEPTION,
    "退签": TrackingState.RETURNED,
    "退回": TrackingState.RETURNED,
}


class Kuaidi100:
    """The adapter; see the module."""

    def read(self, form: Mapping[str, str], *, secret: str) -> TrackingPush:
        """Raises: PushNotSigned, PushUnreadable."""
        param, sign = form.get("param", ""), form.get("sign", "")
        wanted = hashlib.md5((param + secret).encode(), usedforsecurity=False).hexdigest().upper()
        if not secret or not hmac.compare_digest(wanted.encode(), sign.upper().encode()):
            raise PushNotSigned("The signature does not fit.")
        if len(param) > PARAM_MAX:
            raise PushUnreadable("The push is too large.", limit=PARAM_MAX)
        try:
            result = orjson.loads(param)["lastResult"]
            carrier, number = str(result["com"]), str(result["nu"])
            scans = list(result.get("data") or [])[:EVENTS_MAX]
            told = tuple(_event(scan) for scan in scans)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise PushUnreadable("The push is not as 快递100 describes it.", field="param") from error
        if not carrier or not number:
            raise PushUnreadable("The push names no carrier or number.", field="param")
        return TrackingPush(carrier, number, told)

    def answer(self) -> dict[str, Any]:
        return {"result": True, "returnCode": "200", "message": "成功"}


def _event(scan: Mapping[str, Any]) -> TrackingEvent:
    at = datetime.strptime(str(scan.get("ftime") or scan["time"]), "%Y-%m-%d %H:%M:%S").replace(
        tzinfo=BEIJING
    )
    state = _BY_WORD.get(str(scan.get("status") or ""), TrackingState.IN_TRANSIT)
    place = str(scan.get("location") or scan.get("areaName") or "")
    return TrackingEvent(
        at, state, str(scan.get("context") or "").strip()[:500].replace("\0", ""), place[:100]
    )
