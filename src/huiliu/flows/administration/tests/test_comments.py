"""Comments beside documents: both sides read them, internal ones stay within the brand."""

from __future__ import annotations

import pytest

from huiliu.access.types import Role
from huiliu.kernel.ids import uuid7
from huiliu.platform.models import AuditRecord, Comment, Event
from huiliu.testing.actors import acting, an_actor
from huiliu.testing.api import Api
from huiliu.testing.partners import a_partner
from huiliu.testing.trade import a_channel

pytestmark = pytest.mark.django_db


class Desk:
    """An order of the dealer with the brand."""

    def __init__(self) -> None:
        self.channel = a_channel()
        self.staff = Api(self.channel.staff)
        self.dealer = Api(self.channel.owner)
        self.other = Api(an_actor(self.channel.other))
        self.order_id = str(uuid7())
        lines = [{"sku_code": self.channel.sku.code, "quantity": "1", "unit": "瓶"}]
        assert self.dealer.post("/orders", {"id": self.order_id, "lines": lines}).status_code == 201

    def write(self, api, text="请加急", **more):
        body = {"id": str(uuid7()), "subject_type": "order", "subject_id": self.order_id, "text": text} | more
        return api.post("/comments", body)

    def read(self, api, **query):
        return api.get("/comments", **{"subject_type": "order", "subject_id": self.order_id} | query)

    def texts(self, api):
        return [one["text"] for one in self.read(api).json()["items"]]


@pytest.fixture
def desk():
    return Desk()


def test_both_sides_read_what_either_writes_in_the_order_of_writing(desk):
    desk.write(desk.dealer, "请加急")
    answer = desk.write(desk.staff, "已安排")

    assert answer.status_code == 201
    assert answer.json()["user_name"] == desk.channel.staff.name
    assert desk.texts(desk.dealer) == desk.texts(desk.staff) == ["请加急", "已安排"]


def test_an_internal_comment_never_reaches_a_partner(desk):
    assert desk.write(desk.staff, "信用要留意", internal=True).status_code == 201
    desk.write(desk.staff, "已安排")

    assert desk.texts(desk.dealer) == ["已安排"]
    assert desk.texts(desk.staff) == ["信用要留意", "已安排"]
    assert Event.objects.filter(type="comment.added").count() == 1
    with acting(desk.channel.owner):  # the database itself hides it
        assert list(Comment.objects.values_list("text", flat=True)) == ["已安排"]
    audited = AuditRecord.objects.filter(action="comment.added")
    assert [(one.after or {}).get("internal") for one in audited.order_by("id")] == [True, False]
    assert "信用要留意" not in str(list(audited.values()))


def test_who_hears_of_a_comment_is_told_where_it_stands(desk):
    desk.write(desk.dealer)

    number = desk.dealer.get(f"/orders/{desk.order_id}").json()["number"]
    assert number
    assert Event.objects.get(type="comment.added").payload["number"] == number


def test_a_partner_writes_no_internal_comment(desk):
    answer = desk.write(desk.dealer, internal=True)

    assert (answer.status_code, answer.json()["code"]) == (403, "platform.internal_for_staff")
    assert not Comment.objects.exists()


def test_a_document_that_is_not_yours_takes_no_comment_and_shows_none(desk):
    desk.write(desk.dealer)

    for answer in (desk.write(desk.other), desk.read(desk.other)):
        assert (answer.status_code, answer.json()["code"]) == (422, "platform.subject_unknown")
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("subject_type", "subject_id"),
    [
        ("order", "17"),
        ("order", "00000000-0000-7000-8000-000000000000"),
        ("partner", "x"),
        ("partner", "9" * 20),
        ("invoice", "1"),
    ],
)
def test_what_does_not_exist_takes_no_comment(desk, subject_type, subject_id):
    answer = desk.write(desk.staff, subject_type=subject_type, subject_id=subject_id)

    assert (answer.status_code, answer.json()["code"]) == (422, "platform.subject_unknown")
    assert not Comment.objects.exists()


def test_the_same_comment_again_is_one_and_another_under_its_id_is_refused(desk):
    comment_id = str(uuid7())
    first = desk.write(desk.dealer, "请加急", id=comment_id)
    again = desk.write(desk.dealer, "请加急", id=comment_id)
    other = desk.write(desk.dealer, "不急了", id=comment_id)

    assert first.json() == again.json()
    assert (other.status_code, other.json()["code"]) == (409, "platform.comment_id_reused")
    assert desk.texts(desk.staff) == ["请加急"]
    assert AuditRecord.objects.filter(action="comment.added").count() == 1


def test_the_id_of_an_invisible_comment_is_taken_without_saying_more(desk):
    comment_id = str(uuid7())
    desk.write(desk.staff, "内部", internal=True, id=comment_id)

    answer = desk.write(desk.dealer, "内部", id=comment_id)

    assert answer.status_code == 409
    assert answer.json()["facts"] == {"comment_id": comment_id}


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001, "a\u202eb"])
def test_a_comment_is_a_text_of_bounded_length(desk, text):
    assert desk.write(desk.staff, text).status_code == 422
    assert not Comment.objects.exists()


def test_pages_follow_each_other(desk):
    for number in range(5):
        desk.write(desk.staff, str(number))

    first = desk.read(desk.dealer, limit=2).json()
    second = desk.read(desk.dealer, limit=2, cursor=first["next_cursor"]).json()
    third = desk.read(desk.dealer, limit=2, cursor=second["next_cursor"]).json()

    assert [[one["text"] for one in page["items"]] for page in (first, second, third)] == [
        ["0", "1"],
        ["2", "3"],
        ["4"],
    ]
    assert third["next_cursor"] is None


def test_the_scope_that_reads_the_document_is_wanted(desk):
    partner = a_partner(parent=desk.channel.brand, name="瑞丰")
    subject = {"subject_type": "partner", "subject_id": str(partner.pk)}

    assert desk.write(desk.staff, "拜访过", **subject).status_code == 201
    keeper = Api(an_actor(partner.organization, Role.KEEPER))
    owner = Api(an_actor(partner.organization, Role.OWNER))
    assert keeper.get("/comments", **subject).status_code == 403
    assert [one["text"] for one in owner.get("/comments", **subject).json()["items"]] == ["拜访过"]
    assert Api().get("/comments", **subject).status_code == 401
