"""The audit trail over HTTP, and that no write of the API goes without who and what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from huiliu.access.edge import all_operations
from huiliu.access.types import BRAND_ROLES, Role
from huiliu.kernel.ids import uuid7
from huiliu.platform import audit, events, settings_store
from huiliu.platform.audit_reading import veiled
from huiliu.platform.custom_fields import create_field
from huiliu.platform.custom_fields_rules import FieldKind
from huiliu.platform.models import AuditRecord, Event
from huiliu.testing.actors import NOW, a_brand, a_user, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.calls import reached
from huiliu.testing.trade import a_channel

pytestmark = pytest.mark.django_db


class House:
    def __init__(self) -> None:
        self.brand = a_brand()
        self.branch = an_organization(kind="BRANCH", parent=self.brand)
        self.dealer = an_organization(kind="DISTRIBUTOR", parent=self.branch)
        self.other = an_organization(kind="DISTRIBUTOR", parent=self.brand)
        self.admin = an_actor(self.brand, user=a_user(self.brand, Role.ADMINISTRATOR, name="王敏"))
        self.api = Api(self.admin)

    def record(self, action="partner.updated", subject_id=1, owner=None, day=15, **more):
        audit.record(
            actor=more.pop("actor", self.admin),
            action=action,
            subject_type=action.split(".", maxsplit=1)[0],
            subject_id=subject_id,
            owner_path=(owner or self.brand).path,
            now=datetime(2026, 6, day, 4, tzinfo=UTC),
            **more,
        )

    def ids(self, **query):
        return [int(one["subject_id"]) for one in self.api.get("/audit", **query).json()["items"]]


@pytest.fixture
def house():
    return House()


def test_a_record_says_who_what_why_before_and_after(house):
    house.record(reason="改名", before={"name": "瑞"}, after={"name": "瑞丰"})

    one = house.api.get("/audit").json()["items"][0]

    assert (one["user_name"], one["action"], one["subject_id"]) == ("王敏", "partner.updated", "1")
    assert (one["reason"], one["before"], one["after"]) == ("改名", {"name": "瑞"}, {"name": "瑞丰"})


def test_the_trail_is_filtered_by_subject_user_verb_and_day(house):
    other = an_actor(house.brand)
    house.record("partner.created", 1, day=10)
    house.record("partner.updated", 2, day=11)
    house.record("setting.changed", 3, day=12, actor=other)

    assert house.ids() == [3, 2, 1]
    assert house.ids(subject_type="partner") == [2, 1]
    assert house.ids(subject_type="partner", subject_id="1") == [1]
    assert house.ids(user_id=other.user_id) == [3]
    assert house.ids(action="partner.created") == [1]
    assert house.ids(action="partner.") == [2, 1]
    assert house.ids(from_day="2026-06-11", to_day="2026-06-11") == [2]
    assert house.ids(from_day="2026-06-13") == []


def test_what_was_changed_is_named_as_far_as_the_reader_sees_it(house):
    deputy = a_user(house.brand, Role.FINANCE, name="陈静")
    house.record("partner.updated", house.dealer.pk)
    house.record("organization.renamed", house.dealer.pk, owner=house.dealer)
    house.record("user.changed", deputy.pk, owner=house.dealer)
    house.record("regions.loaded", "table")
    house.record("order.cancelled", uuid7())

    named = [one["subject_name"] for one in house.api.get("/audit").json()["items"]]
    branch = [one["subject_name"] for one in Api(an_actor(house.branch)).get("/audit").json()["items"]]

    assert named == ["", "", "陈静", house.dealer.name, house.dealer.name]
    assert branch == ["", house.dealer.name]  # it does not see who works at headquarters


def test_the_trail_is_asked_by_id_or_by_what_things_are_called(house):
    house.record("partner.updated", house.dealer.pk)
    house.record("organization.renamed", house.dealer.pk)
    house.record("partner.updated", house.other.pk)
    house.record("setting.changed", subject_id=house.dealer.pk)  # the same id, another thing

    def told(**query):
        return [one["action"] for one in house.api.get("/audit", **query).json()["items"]]

    assert told(subject=f" {house.dealer.name} ") == ["organization.renamed", "partner.updated"]
    assert told(subject=house.dealer.name, subject_type="partner") == ["partner.updated"]
    assert told(subject=house.dealer.name, subject_type="order") == []
    assert len(told(subject=str(house.dealer.pk))) == 3
    assert told(subject="没有这个") == []


def test_settings_modules_fields_jobs_and_exports_are_called_as_on_their_screens(house):
    create_field(
        actor=house.admin,
        entity="partner",
        code="dock",
        label="卸货口",
        kind=FieldKind.TEXT,
        required=False,
        choices=(),
        position=1,
        now=NOW,
    )
    house.record("setting.changed", "orders.steps")
    house.record("setting.changed", f"orders.steps.{house.dealer.pk}")
    house.record("setting.changed", "gone.setting")
    house.record("module.switched_off", "credit")
    house.record("job.started", uuid7(), after={"kind": "integrations.import", "params": {}})
    house.record("job.started", uuid7(), after={"kind": "gone.work"})
    house.record("export.made", "orders")

    def told(**query):
        return [
            (one["action"], one["subject_label_zh"], one["subject_label_en"], one["subject_name"])
            for one in house.api.get("/audit", **query).json()["items"]
        ]

    field = ("custom_field.created", "", "", "卸货口")
    of_all = ("setting.changed", "订单审核步骤", "Steps of an order", "")
    of_one = ("setting.changed", "订单审核步骤", "Steps of an order", house.dealer.name)
    credit = ("module.switched_off", "信用", "Credit", "")
    job = ("job.started", "导入", "Import", "")
    export = ("export.made", "订单", "Orders", "")
    assert told() == [
        export,
        ("job.started", "", "", ""),
        job,
        credit,
        ("setting.changed", "", "", ""),
        of_one,
        of_all,
        field,
    ]
    assert told(subject="卸货口") == [field]
    assert told(subject="Credit") == [credit]
    assert told(subject="导入") == [job]
    assert told(subject="导入", subject_type="setting") == []
    assert told(subject="Orders") == [export]


def test_a_setting_is_found_by_its_label_and_by_the_seller_it_is_for(house):
    key, one_seller = "orders.steps", f"orders.steps.{house.branch.pk}"
    for setting, steps in ((key, ["CONFIRM", "FINANCE"]), (one_seller, [])):
        settings_store.store(actor=house.admin, key=setting, value=steps, version=None, reason="", now=NOW)

    def told(subject):
        return [one["subject_id"] for one in house.api.get("/audit", subject=subject).json()["items"]]

    assert told("订单审核步骤") == [one_seller, key]
    assert told("Steps of an order") == [one_seller, key]
    assert told(house.branch.name) == [one_seller]
    assert told(house.dealer.name) == []


def test_a_day_is_that_of_the_readers_zone(house):
    audit.record(
        actor=house.admin,
        action="partner.updated",
        subject_type="partner",
        subject_id=7,
        owner_path=house.brand.path,
        now=datetime(2026, 6, 14, 16, 0, tzinfo=UTC),  # midnight in Shanghai
    )

    assert house.ids(from_day="2026-06-15", to_day="2026-06-15") == [7]
    assert house.ids(to_day="2026-06-14") == []


def test_pages_follow_each_other_without_a_gap(house):
    for number in range(1, 8):
        house.record(subject_id=number)

    first = house.api.get("/audit", limit=3).json()
    house.record(subject_id=99)  # what comes meanwhile does not move the next page
    second = house.api.get("/audit", limit=3, cursor=first["next_cursor"]).json()
    third = house.api.get("/audit", limit=3, cursor=second["next_cursor"]).json()

    seen = [int(one["subject_id"]) for page in (first, second, third) for one in page["items"]]
    assert seen == [7, 6, 5, 4, 3, 2, 1]
    assert third["next_cursor"] is None
    assert house.api.get("/audit", cursor="x").status_code == 422


def test_only_roles_with_the_scope_read_it_and_a_branch_only_its_own(house):
    house.record(subject_id=1, owner=house.dealer)
    house.record(subject_id=2, owner=house.other)

    branch = Api(an_actor(house.branch)).get("/audit").json()["items"]
    assert [one["subject_id"] for one in branch] == ["1"]
    for role in Role:
        place = house.brand if role in BRAND_ROLES else house.dealer
        actor = an_actor(place, role)
        allowed = role in (Role.ADMINISTRATOR, Role.CHANNEL_MANAGER, Role.FINANCE)
        assert Api(actor).get("/audit").status_code == (200 if allowed else 403), role
    assert Api().get("/audit").status_code == 401


def test_what_a_role_may_not_see_is_veiled_in_the_past_too(house):
    house.record(before={"phone": "0512-1", "name": "a"}, after={"phone": "", "standard_cost": "8.00"})

    finance = Api(an_actor(house.brand, Role.FINANCE)).get("/audit").json()["items"][0]
    manager = Api(an_actor(house.brand, Role.CHANNEL_MANAGER)).get("/audit").json()["items"][0]

    assert (finance["before"], finance["after"]) == (
        {"phone": "***", "name": "a"},
        {"phone": "", "standard_cost": "8.00"},
    )
    assert manager["before"] == {"phone": "0512-1", "name": "a"}
    assert manager["after"] == {"phone": "", "standard_cost": "***"}
    assert veiled([{"units": [{"phone": "1"}]}], ()) == [{"units": [{"phone": "***"}]}]


# --- every write leaves who and what -----------------------------------------------------------------------------

#: Writes without an audit row of their own, and why that is enough.
READS = "It computes and answers; nothing is written."
OWN = "What people keep for themselves changes nothing for anybody else."
EXCEPTIONS: dict[str, str] = {
    "begin_totp": "It offers a secret that counts only after confirm_totp, which leaves a row.",
    "issue_token": "The session row itself says client, address and time; failures are counted.",
    "record_count_entries": "Each figure is a row of its own with who and when; closing the round leaves an audit row.",
    "submit_order": "orders_place writes the event with the user in the order's own statement; the order names both.",
    "drop_personal_setting": OWN,
    "keep_personal_setting": OWN,
    "keep_wechat_consents": OWN,
    "read_notices": OWN,
    "forget_seen_skus": OWN,
    "note_seen_sku": OWN,
    "request_sign_in_code": "nobody is known yet; the code itself is a row with its phone and its tries",
    "drill_metric": READS,
    "explain_price": READS,
    "export_metrics": READS,
    "find_priced_goods": READS,
    "preview_audience": READS,
    "preview_move": READS,
    "preview_prices": READS,
    "preview_scope_rule": READS,
    "price_list_impact": READS,
    "query_metrics": READS,
    "quote_order": READS,
    "read_import_cells": READS,
    "read_order_list": READS,
}


def _tells(view: Any) -> bool:
    """Whether the view can reach the audit trail or the event log."""
    ways = (audit.record, audit.record_all, events.publish, events.publish_all)
    return any(function in ways for function in reached(view))


def _writes() -> dict[str, Any]:
    from huiliu.entrypoints.urls import API

    del API  # imported so that every operation is known
    return {
        str(operation.operation_id): operation.view_func
        for path in all_operations().path_operations.values()
        for operation in path.operations
        if operation.methods[0] != "GET"
    }


def test_every_write_of_the_api_reaches_the_trail_or_is_excused():
    silent = {name for name, view in _writes().items() if not _tells(view)}

    assert sorted(silent - set(EXCEPTIONS)) == []
    assert sorted(set(EXCEPTIONS) - silent) == [], "no longer an exception"


def test_an_order_names_who_submitted_it_and_its_event_the_user():
    channel = a_channel()
    api = Api(channel.owner)
    body = {"id": str(uuid7()), "lines": [{"sku_code": channel.sku.code, "quantity": "1", "unit": "瓶"}]}

    assert api.post("/orders", body).status_code == 201

    event = Event.objects.get(subject_type="order", subject_id=body["id"])
    assert event.user_id == channel.owner.user_id


def test_ending_sessions_leaves_who(house):
    other = Api(house.admin)
    other.get("/session")

    assert house.api.delete("/session/devices").json()["ended"] == 1

    record = AuditRecord.objects.get(action="session.ended")
    assert record.user_id == house.admin.user_id
    assert record.after == {"ended": 1, "session_id": None}


def test_the_search_for_silent_writes_would_find_one():
    def silent(request: Any) -> Any:
        return veiled(request, ())

    def telling(request: Any) -> Any:
        return [audit.record for _ in request]

    assert _tells(silent) is False
    assert _tells(telling) is True
    assert len(_writes()) > 40
