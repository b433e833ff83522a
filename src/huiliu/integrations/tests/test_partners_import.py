"""Partners from a file: what is new, what changed, what is refused, and that a dry run tells the truth."""

from __future__ import annotations

import pytest

from huiliu.access.models import Organization
from huiliu.access.types import Role
from huiliu.integrations.importing.types import Mode
from huiliu.partners.models import Address, Contact, Partner
from huiliu.platform.models import AuditRecord, Event
from huiliu.testing.actors import a_brand, an_actor, an_organization
from huiliu.testing.partners import a_partner
from huiliu.testing.sheets import a_csv, a_workbook, import_file

pytestmark = pytest.mark.django_db
HEAD = ("客户编号", "客户名称", "类型", "上级编码", "等级", "联系人", "手机")


def counts() -> tuple[int, int, int, int, int]:
    return (
        Organization.objects.count(),
        Partner.objects.count(),
        Contact.objects.count(),
        AuditRecord.objects.count(),
        Event.objects.count(),
    )


def test_rows_become_partners_with_their_contact_and_a_child_may_follow_its_parent(tmp_path):
    brand = a_brand()
    actor = an_actor(brand, Role.SALES_OPERATIONS)
    path = a_workbook(
        tmp_path / "客户.xlsx",
        ("客户资料表",),
        HEAD,
        ("JS0001", "苏州瑞丰商贸有限公司", "经销商", "", "Ａ", "王建国", 13812345678),
        ("JS0001-01", "鑫源便利店", "门店", "JS0001", "", "", ""),
    )

    outcome = import_file(path, actor=actor, entity="partners")

    assert outcome.problems == []
    assert outcome.totals.as_json() == {
        "rows": 2, "inserted": 2, "updated": 0, "unchanged": 0, "failed": 0, "passed_over": 0, "hidden": 0,
    }  # fmt: skip
    dealer, store = Partner.objects.get(code="JS0001"), Partner.objects.get(code="JS0001-01")
    assert (dealer.tier, dealer.kind, dealer.contacts.get().phone) == ("A", "DISTRIBUTOR", "13812345678")
    assert store.owner_path.startswith(dealer.owner_path)
    assert store.kind == "STORE"


def test_a_dry_run_counts_what_the_run_does_and_leaves_nothing(tmp_path):
    brand = a_brand()
    actor = an_actor(brand)
    a_partner(
        parent=brand, name="老客户", organization=an_organization(parent=brand, code="JS9", name="老客户")
    )
    path = a_csv(
        tmp_path / "p.csv",
        ",".join(HEAD),
        "JS9,老客户,,,B,,",
        "JS1,新客户,,,,,",
        "JS1-1,新门店,门店,JS1,,,",
        "JS2,坏客户,,没有,,,",
    )
    before = counts()

    dry = import_file(path, actor=actor, entity="partners", dry_run=True)

    assert counts() == before
    run = import_file(path, actor=actor, entity="partners")
    assert dry.totals == run.totals
    assert dry.problems == run.problems
    assert (run.totals.inserted, run.totals.updated, run.totals.failed) == (2, 1, 1)
    assert [(one.row, one.cell, one.code) for one in run.problems] == [
        (5, "D5", "access.organization_not_visible")
    ]


def test_the_same_file_again_changes_nothing(tmp_path):
    actor = an_actor(a_brand())
    path = a_workbook(
        tmp_path / "p.xlsx",
        (*HEAD, "收货地址", "收货区划代码"),
        ("JS1", "甲公司", "经销商", "", "A", "王建国", "13812345678", "星湖街 218 号", "320505"),
    )
    import_file(path, actor=actor, entity="partners")
    before = counts()

    again = import_file(path, actor=actor, entity="partners")

    assert (again.totals.unchanged, again.totals.taken, again.totals.failed) == (1, 1, 0)
    assert counts() == before
    assert Address.objects.count() == 1


def test_blank_cells_leave_what_is_there_and_clear_takes_it_away(tmp_path):
    brand = a_brand()
    actor = an_actor(brand)
    a_partner(organization=an_organization(parent=brand, code="JS1", name="甲"), tier="A", channel="现代")
    path = a_csv(tmp_path / "p.csv", "编码,名称,等级,渠道", "JS1,甲,,[清空]")

    outcome = import_file(path, actor=actor, entity="partners")

    partner = Partner.objects.get(code="JS1")
    assert (partner.tier, partner.channel, outcome.totals.updated) == ("A", "", 1)


def test_every_bad_cell_of_a_row_is_told_at_once_with_its_address(tmp_path):
    actor = an_actor(a_brand())
    path = a_csv(
        tmp_path / "p.csv",
        "编码,名称,税号,联系电话,区划代码,类型",
        "JS1,甲,123,12,999999,",
        "JS2,,,,,仙人",
        "6.9E+12,乙,,,,",
    )

    outcome = import_file(path, actor=actor, entity="partners")

    assert [(one.row, one.cell, one.code) for one in outcome.problems] == [
        (2, "C2", "partners.uscc_invalid"),
        (2, "D2", "partners.phone_invalid"),
        (2, "E2", "partners.region_unknown"),
        (3, "B3", "imports.cell_empty"),
        (3, "F3", "imports.cell_unreadable"),
        (4, "A4", "imports.digits_lost"),
    ]
    assert [one.given for one in outcome.problems] == ["123", "12", "999999", "", "仙人", "6.9E+12"]
    assert outcome.totals.failed == 3
    assert Partner.objects.count() == 0


def test_a_row_that_contradicts_an_earlier_one_is_refused_and_a_repeated_one_is_not(tmp_path):
    actor = an_actor(a_brand())
    path = a_csv(tmp_path / "p.csv", "编码,名称", "JS1,甲", "JS1,甲", "JS1,乙")

    outcome = import_file(path, actor=actor, entity="partners")

    assert (outcome.totals.inserted, outcome.totals.unchanged, outcome.totals.failed) == (1, 1, 1)
    assert [(one.row, one.code, one.because_of) for one in outcome.problems] == [
        (4, "imports.row_repeated", (2,))
    ]
    assert Partner.objects.get().name == "甲"


def test_insert_only_and_update_only_refuse_the_other_kind_of_row(tmp_path):
    brand = a_brand()
    actor = an_actor(brand)
    a_partner(organization=an_organization(parent=brand, code="JS1", name="甲"))
    path = a_csv(tmp_path / "p.csv", "编码,名称", "JS1,甲", "JS2,乙")
    changed = a_csv(tmp_path / "q.csv", "编码,名称", "JS1,改名")

    update = import_file(path, actor=actor, entity="partners", mode=Mode.UPDATE)
    insert = import_file(changed, actor=actor, entity="partners", mode=Mode.INSERT)

    assert [(one.row, one.code) for one in update.problems] == [(3, "imports.row_missing")]
    assert (update.totals.unchanged, update.totals.failed) == (1, 1)
    assert [(one.row, one.code) for one in insert.problems] == [(2, "imports.row_exists")]
    assert list(Partner.objects.values_list("name", flat=True)) == ["甲"]


def test_a_branch_reaches_only_its_own_partners(tmp_path):
    brand = a_brand()
    east, south = an_organization(kind="BRANCH", parent=brand), an_organization(kind="BRANCH", parent=brand)
    foreign = a_partner(organization=an_organization(parent=south, code="GD1", name="广东客户"))
    actor = an_actor(east, Role.ADMINISTRATOR)
    path = a_csv(tmp_path / "p.csv", "编码,名称", "GD1,偷来的客户", "JS1,江苏客户")

    outcome = import_file(path, actor=actor, entity="partners")

    assert [(one.row, one.code) for one in outcome.problems] == [(2, "access.organization_code_taken")]
    foreign.refresh_from_db()
    assert foreign.name == "广东客户"
    assert Partner.objects.get(code="JS1").owner_path.startswith(east.path)
    import_file(a_csv(tmp_path / "q.csv", "编码,名称", "JS1,江苏老客户"), actor=actor, entity="partners")
    assert Partner.objects.get(code="JS1").name == "江苏老客户"


NAMES = ("客户编号", "客户名称", "省", "市", "区/县", "区划代码", "收货地址", "收货区划代码")


def test_places_are_read_by_name_where_there_is_no_code(tmp_path):
    actor = an_actor(a_brand())
    path = a_workbook(
        tmp_path / "客户.xlsx",
        NAMES,
        ("JS1", "甲商贸", "江苏", "苏州", "虎丘", "", "狮山路 1 号", ""),
        ("JS2", "乙商贸", "浙江省", "义乌市", "", "", "", ""),
        ("JS3", "丙商贸", "江苏", "苏州", "", "320508", "", ""),  # a code goes before names
        ("JS4", "丁商贸", "", "", "", "江苏省苏州市姑苏区", "东大街 9 号", "上海市浦东新区"),
    )

    outcome = import_file(path, actor=actor, entity="partners")

    assert outcome.problems == []
    found = Partner.objects.order_by("code").values_list("code", "region_code", "province", "city")
    assert list(found) == [
        ("JS1", "320505", "江苏省", "苏州市"),
        ("JS2", "330782", "浙江省", "金华市"),
        ("JS3", "320508", "江苏省", "苏州市"),
        ("JS4", "320508", "江苏省", "苏州市"),
    ]
    addresses = Address.objects.order_by("partner__code").values_list(
        "partner__code", "region_code", "street"
    )
    assert list(addresses) == [("JS1", "320505", "狮山路 1 号"), ("JS4", "310115", "东大街 9 号")]

    again = import_file(path, actor=actor, entity="partners")
    assert (again.totals.unchanged, again.totals.updated) == (4, 0)


def test_a_place_that_is_nowhere_is_refused_in_its_column_and_the_others_are_taken(tmp_path):
    actor = an_actor(a_brand())
    path = a_workbook(
        tmp_path / "客户.xlsx",
        NAMES,
        ("JS1", "甲商贸", "江西", "苏州", "", "", "", ""),
        ("JS2", "乙商贸", "江苏", "", "鼓楼区", "", "", ""),
        ("JS3", "丙商贸", "江苏", "苏州", "", "", "", ""),
        ("JS4", "丁商贸", "", "", "", "江南某地", "", ""),
        ("JS5", "戊商贸", "江苏", "苏州", "", "", "某路", "某地"),
    )

    outcome = import_file(path, actor=actor, entity="partners")

    assert [(one.row, one.field, one.code) for one in outcome.problems] == [
        (2, "city", "partners.region_unknown"),
        (3, "district", "partners.region_unknown"),
        (5, "region_code", "partners.region_unknown"),
        (6, "street_region_code", "partners.region_unknown"),
    ]
    assert list(Partner.objects.values_list("code", "region_code")) == [("JS3", "320500")]


def test_an_update_without_a_place_leaves_the_place_and_a_cleared_code_takes_it_away(tmp_path):
    actor = an_actor(a_brand())
    first = a_workbook(tmp_path / "1.xlsx", NAMES, ("JS1", "甲商贸", "江苏", "苏州", "", "", "", ""))
    import_file(first, actor=actor, entity="partners")
    second = a_workbook(tmp_path / "2.xlsx", NAMES, ("JS1", "甲商贸公司", "", "", "", "", "", ""))
    import_file(second, actor=actor, entity="partners")
    assert list(Partner.objects.values_list("name", "region_code")) == [("甲商贸公司", "320500")]
    third = a_workbook(tmp_path / "3.xlsx", NAMES, ("JS1", "甲商贸公司", "江苏", "", "", "[清空]", "", ""))
    import_file(third, actor=actor, entity="partners")
    assert list(Partner.objects.values_list("region_code", "province")) == [("", "")]
