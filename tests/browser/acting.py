"""What others do meanwhile: the API as one of the demo's people, and what stands in the ledger afterwards."""

from __future__ import annotations

import json
import time
import urllib.request
import uuid
from decimal import Decimal
from typing import Any

from huiliu.kernel.ids import uuid7
from tests.browser.conftest import PASSWORD, Installation


class Api:
    """`Api(installation, "sales").get("/orders")`, signed in as a device; a refusal ends the test with its words."""

    def __init__(self, installation: Installation, username: str, **second_factor: str) -> None:
        self.url = f"{installation.url}/api/v1"
        self.token = ""
        signed = self.post(
            "/session", {"username": username, "password": PASSWORD, "device": True, **second_factor}
        )
        self.token = signed["token"]

    def get(self, path: str) -> Any:
        return self._send("GET", path, None)

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        return self._send("POST", path, body or {})

    def put(self, path: str, body: dict[str, Any]) -> Any:
        return self._send("PUT", path, body)

    def _send(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(  # noqa: S310 - our own server
            self.url + path,
            method=method,
            headers=headers,
            data=None if body is None else json.dumps(body).encode(),
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as refused:
            raise AssertionError(f"{method} {path}: {refused.code} {refused.read().decode()[:500]}") from None


def an_order(installation: Installation, *, lines: int = 2, quantity: str = "1") -> dict[str, Any]:
    """An order of the demo's dealer for the first goods of its range that are in stock."""
    dealer = Api(installation, "dealer")
    wanted = []
    for product in dealer.get("/catalog/products?limit=60")["items"]:
        for sku in product["skus"]:
            wanted.append({"sku_id": sku["id"], "quantity": quantity})
            if len(wanted) == lines:
                return dict(dealer.post("/orders", {"id": str(uuid7()), "lines": wanted}))
    raise AssertionError("the dealer's range is too small")


def confirmed(installation: Installation, **wanted: Any) -> dict[str, Any]:
    """An order whose approvals are done: it waits for the warehouse."""
    order = an_order(installation, **wanted)
    Api(installation, "sales").post(f"/orders/{order['id']}/confirm", {"step": "CONFIRM"})
    return order


def transfers(installation: Installation, source_id: str) -> list[tuple[str, Decimal]]:
    """Kind and amount of every ledger transfer that a document caused, in their order."""
    return [
        (kind, amount)
        for kind, amount in installation.rows(
            "SELECT t.kind, t.amount FROM ledger_transfer t JOIN ledger_entry e ON e.id = t.entry_id"
            " WHERE e.source_id = %s ORDER BY t.id",
            source_id,
        )
    ]


def eventually(what: Any, *, seconds: float = 60) -> Any:
    """The first true answer of `what()`; fails when there is none in time.

    The patience is for whichever test comes first: the worker of a company just loaded reads its whole log of
    months before it hears of what was done a moment ago.
    """
    deadline = time.monotonic() + seconds
    while not (answer := what()):
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.1)
    return answer
