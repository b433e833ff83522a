"""A buyer complains, its seller answers, the buyer ends it; nobody else sees any of it."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from huiliu.access.types import Role
from huiliu.kernel.ids import uuid7
from huiliu.orders.complaints.rules import COMPLAINT_MOVES, complaint_actions
from huiliu.orders.models import Complaint
from huiliu.orders.types import ComplaintState
from huiliu.platform.models import Event
from huiliu.testing.actors import a_token, an_actor
from huiliu.testing.api import Api
from huiliu.testing.ledger import at_once, committed
from huiliu.testing.trade import Channel, a_channel

TEXT = "两瓶漏了，箱子湿透"


def an_order(channel: Channel) -> str:
    body = {"id": str(uuid7()), "lines": [{"sku_code": "W550", "quantity": "10", "unit": "瓶"}]}
    return str(Api(channel.owner).post("/orders", body).json()["id"])


def complained(api: Api, order_id: str, **fields: Any) -> Any:
    body = {"id": str(uuid7()), "kind": "DAMAGED", "text": TEXT} | fields
    return api.post(f"/orders/{order_id}/complaints", body)


def told(order_id: str) -> Counter[str]:
    """What was told about the order's complaints."""
    rows = Event.objects.filter(subject_id=order_id, type__startswith="order.compla")
    return Counter(rows.values_list("type", flat=True))


@pytest.fixture
def channel() -> Channel:
    return a_channel()


@pytest.mark.django_db
def test_a_complaint_is_made_answered_and_ended(channel: Channel) -> None:
    order_id = an_order(channel)
    buyer, seller = Api(channel.owner), Api(channel.staff)

    made = complained(buyer, order_id).json()

    assert made["number"].startswith("TS")
    assert (made["state"], made["kind"], made["text"], made["allowed_actions"]) == (
        "OPEN",
        "DAMAGED",
        TEXT,
        ["close"],
    )
    [seen] = seller.get("/complaints", state="OPEN").json()["items"]
    assert (seen["id"], seen["buyer_name"], seen["allowed_actions"]) == (
        made["id"],
        channel.dealer.name,
        ["answer"],
    )

    answered = seller.post(f"/complaints/{made['id']}/answer", {"answer": "明天补两瓶"}).json()
    assert (answered["state"], answered["answer"], answered["allowed_actions"]) == (
        "ANSWERED",
        "明天补两瓶",
        [],
    )
    again = seller.post(f"/complaints/{made['id']}/answer", {"answer": "后天"})
    assert (again.status_code, again.json()["code"]) == (409, "kernel.wrong_state")

    closed = buyer.post(f"/complaints/{made['id']}/close").json()
    assert (closed["state"], closed["answer"], closed["allowed_actions"]) == ("CLOSED", "明天补两瓶", [])
    assert told(order_id) == Counter(
        {"order.complained": 1, "order.complaint_answered": 1, "order.complaint_closed": 1}
    )


@pytest.mark.django_db
def test_the_same_complaint_sent_twice_is_one(channel: Channel) -> None:
    order_id, complaint_id = an_order(channel), str(uuid7())

    first = complained(Api(channel.owner), order_id, id=complaint_id).json()
    second = complained(Api(channel.owner), order_id, id=complaint_id).json()
    other = complained(Api(channel.owner), order_id, id=complaint_id, text="别的事")

    assert second == first
    assert (other.status_code, other.json()["code"]) == (409, "orders.complaint_id_taken")
    assert Complaint.objects.count() == 1
    assert told(order_id) == Counter({"order.complained": 1})


@pytest.mark.django_db
def test_only_the_buyer_complains_and_only_the_seller_answers(channel: Channel) -> None:
    order_id = an_order(channel)
    made = complained(Api(channel.owner), order_id).json()

    by_seller = complained(Api(channel.staff), order_id)
    self_answered = Api(channel.owner).post(f"/complaints/{made['id']}/answer", {"answer": "算了"})
    by_seller_closed = Api(channel.staff).post(f"/complaints/{made['id']}/close")

    assert (by_seller.status_code, by_seller.json()["code"]) == (403, "platform.scope_missing")
    assert (self_answered.status_code, self_answered.json()["code"]) == (403, "orders.complaint_not_yours")
    assert (by_seller_closed.status_code, by_seller_closed.json()["code"]) == (403, "platform.scope_missing")
    assert Complaint.objects.get().state == ComplaintState.OPEN


@pytest.mark.django_db
def test_another_dealer_neither_sees_nor_reaches_a_complaint(channel: Channel) -> None:
    order_id = an_order(channel)
    made = complained(Api(channel.owner), order_id).json()
    stranger = Api(channel.other_owner)

    assert stranger.get("/complaints").json()["items"] == []
    assert stranger.get(f"/complaints/{made['id']}").status_code == 404
    assert stranger.post(f"/complaints/{made['id']}/answer", {"answer": "x"}).status_code == 404
    assert stranger.post(f"/complaints/{made['id']}/close").status_code == 404
    assert complained(stranger, order_id).status_code == 404
    # Its id is taken all the same: nothing of the other's is shown or overwritten.
    own = str(
        stranger.post(
            "/orders", {"id": str(uuid7()), "lines": [{"sku_code": "W550", "quantity": "1"}]}
        ).json()
    )
    assert own
    assert Complaint.objects.get().text == TEXT


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "status"), [(Role.BUYER, 201), (Role.KEEPER, 201)])
def test_who_orders_and_who_receives_may_complain(channel: Channel, role: Role, status: int) -> None:
    order_id = an_order(channel)

    answer = complained(Api(an_actor(channel.dealer, role)), order_id)

    assert answer.status_code == status
    refused = Api(an_actor(channel.dealer, role)).post(
        f"/complaints/{answer.json()['id']}/answer", {"answer": "x"}
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "platform.scope_missing")


@pytest.mark.django_db
def test_a_complaint_needs_words(channel: Channel) -> None:
    order_id = an_order(channel)

    empty = complained(Api(channel.owner), order_id, text="   ")

    assert (empty.status_code, empty.json()["code"]) == (422, "orders.reason_needed")
    assert Complaint.objects.count() == 0


@pytest.mark.django_db
def test_a_complaint_takes_photos_and_both_sides_see_them(channel: Channel) -> None:
    made = complained(Api(channel.owner), an_order(channel)).json()

    words = {"id": str(uuid7()), "subject_type": "complaint", "subject_id": made["id"], "text": "照片见附件"}
    assert Api(channel.owner).post("/comments", words).status_code == 201

    seen = (
        Api(channel.staff).get("/comments", subject_type="complaint", subject_id=made["id"]).json()["items"]
    )
    assert [one["text"] for one in seen] == ["照片见附件"]
    hidden = Api(channel.other_owner).get("/comments", subject_type="complaint", subject_id=made["id"])
    assert hidden.status_code == 422


@pytest.mark.django_db
def test_the_list_pages_by_cursor(channel: Channel) -> None:
    order_id = an_order(channel)
    made = [complained(Api(channel.owner), order_id).json()["id"] for _ in range(3)]

    first = Api(channel.owner).get("/complaints", limit=2).json()
    rest = Api(channel.owner).get("/complaints", limit=2, cursor=first["next_cursor"]).json()

    assert [one["id"] for one in first["items"] + rest["items"]] == made[::-1]
    assert rest["next_cursor"] is None


def test_every_state_has_its_moves_and_only_the_sides_may_take_them() -> None:
    scopes = frozenset({"orders:answer", "orders:complain"})
    assert set(COMPLAINT_MOVES) == set(ComplaintState)
    for state in ComplaintState:
        assert complaint_actions(state=state, is_seller=False, is_buyer=False, scopes=scopes) == []
        assert complaint_actions(state=state, is_seller=True, is_buyer=True, scopes=frozenset()) == []
    assert complaint_actions(state=ComplaintState.OPEN, is_seller=True, is_buyer=True, scopes=scopes) == [
        "answer",
        "close",
    ]


def _race() -> tuple[UUID, list[int]]:
    """Two people of the seller answer at once: the statuses they get, in order."""
    channel = committed(a_channel)
    made = committed(lambda: complained(Api(channel.owner), an_order(channel)).json())
    seller = committed(lambda: a_token(channel.staff))

    def answer(text: str) -> int:
        body = {"answer": text}
        return int(Api(token=seller).post(f"/complaints/{made['id']}/answer", body).status_code)

    got = at_once([lambda: answer("明天补"), lambda: answer("后天补")])
    return UUID(made["id"]), sorted(one for one in got if isinstance(one, int))


def test_of_two_answers_at_once_one_stands(committed_db: str) -> None:
    complaint_id, statuses = _race()

    assert statuses == [200, 409]
    assert committed(lambda: Complaint.objects.get(pk=complaint_id).state) == ComplaintState.ANSWERED
