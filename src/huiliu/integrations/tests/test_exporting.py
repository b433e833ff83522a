"""Lists as files: the same rows as the screen's, under reach and masks, harmless to a spreadsheet."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as some

from huiliu.access.types import Actor, OrganizationKind, Role
from huiliu.catalog.models import Sku
from huiliu.catalog.types import GoodsStatus
from huiliu.integrations.defuse import defused
from huiliu.integrations.errors import ExportTooLarge, ListUnknown
from huiliu.integrations.exporting import lists
from huiliu.integrations.exporting.registry import lists_of
from huiliu.integrations.exporting.services import export_list
from huiliu.integrations.exporting.writers import Format, Sheet, write
from huiliu.integrations.importing.mapping import entity_mapping
from huiliu.integrations.importing.users import role_of
from huiliu.integrations.screen_texts import word
from huiliu.kernel.columns import Column, ColumnKind
from huiliu.kernel.ids import uuid7
from huiliu.ledger import services as ledger
from huiliu.ledger.types import AccountKind, AccountRef, Source
from huiliu.orders.types import OrderState, ReturnState, ShipmentState
from huiliu.partners.models import Partner
from huiliu.partners.types import PartnerStatus
from huiliu.platform import audit
from huiliu.platform.errors import InvalidInput, ScopeMissing
from huiliu.platform.models import AuditRecord
from huiliu.testing.actors import NOW, a_brand, acting, an_actor, an_organization
from huiliu.testing.partners import a_partner
from huiliu.testing.sheets import a_csv, import_file
from huiliu.testing.trade import a_channel

pytestmark = pytest.mark.django_db
COLUMNS = (
    Column("code", "编码", "Code"),
    Column("amount", "金额", "Amount", ColumnKind.NUMBER),
    Column("day", "日期", "Day", ColumnKind.DATE),
    Column("at", "时间", "At", ColumnKind.INSTANT),
)
SHEET = Sheet("表", COLUMNS, "zh-Hans", ZoneInfo("Asia/Shanghai"))
ROWS = [
    ("001", Decimal("-1234.50"), date(2026, 3, 5), datetime(2026, 3, 4, 16, 30, tzinfo=UTC)),
    ('=HYPERLINK("http://x")', Decimal(0), None, None),
]


def exported(actor: Actor, name: str, target: Path, **filters: str) -> list[list[str]]:
    """The rows of a CSV export as the actor would get it."""
    with acting(actor):
        export_list(actor=actor, name=name, format_=Format.CSV, filters=filters, target=target, now=NOW)
    with target.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_a_csv_has_the_mark_of_utf_8_local_times_and_no_formula(tmp_path):
    target = tmp_path / "t.csv"

    assert write(Format.CSV, target, SHEET, iter(ROWS)) == 2

    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    with target.open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == [
            ["编码", "金额", "日期", "时间"],
            ["001", "-1234.5", "2026-03-05", "2026-03-05 00:30:00"],
            ['\'=HYPERLINK("http://x")', "0", "", ""],
        ]


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("zh-Hans", ["待收货", "财务、仓库", "NEWER", ""]),
        ("zh-Hant", ["待收貨", "財務、倉庫", "NEWER", ""]),
        ("en", ["To receive", "Finance、Warehouse", "NEWER", ""]),
    ],
)
def test_people_read_the_words_of_the_screens_and_programs_codes(tmp_path, locale, said):
    words = ("orders:state", "access:role", "orders:state", "orders:state")
    columns = tuple(Column(f"c{place}", "列", "Column", words=one) for place, one in enumerate(words))
    sheet = Sheet("表", columns, locale, ZoneInfo("Asia/Shanghai"))
    codes = ["SHIPPED", "FINANCE、WAREHOUSE", "NEWER", ""]

    for form in Format:
        write(form, tmp_path / f"t.{form.value}", sheet, iter([tuple(codes)]))

    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream))[1] == said
    page = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert [cell.value or "" for cell in page[2]] == said
    (row,) = pq.read_table(tmp_path / "t.parquet").to_pylist()
    assert list(row.values()) == codes


CODES = {
    "orders:state": OrderState,
    "orders:shipment_state": ShipmentState,
    "orders:return_state": ReturnState,
    "money:source": ("receipt", "shipment", "return", "opening", "closing"),
    "access:role": Role,
    "access:kind": OrganizationKind,
    "partners:state": PartnerStatus,
    "catalog:state": GoodsStatus,
    "administration:audit.subject": ("order", "partner", "policy", "setting"),
    "administration:audit.subject + administration:audit.verb": (
        "order.shipped",
        "partner.updated",
        "user.totp_on",
        "custom_field.created",
    ),
}


def test_every_code_of_an_exported_column_has_a_word_in_every_language():
    columns = [one for list_ in lists.LISTS for one in list_.columns(an_actor(a_brand()))]

    assert {one.words for one in columns} - {""} == set(CODES)
    for place, codes in CODES.items():
        for code in codes:
            told = {word(place, code, locale) for locale in ("zh-Hans", "zh-Hant", "en")}
            assert code not in told, (place, code)


def test_what_was_exported_in_words_is_read_again():
    kind = entity_mapping("partners").field("kind").reader()

    for locale in ("zh-Hans", "zh-Hant", "en"):
        for code in ("DISTRIBUTOR", "SUB_DISTRIBUTOR", "STORE", "SERVICE_PROVIDER"):
            assert kind(word("access:kind", code, locale)) == code
        for role in Role:
            assert role_of(word("access:role", role, locale)) is role


def test_titles_are_in_the_readers_characters(tmp_path):
    columns = (Column("c", "买方", "Buyer"),)

    for locale, said in (("zh-Hans", "买方"), ("zh-Hant", "買方"), ("en", "Buyer")):
        sheet = Sheet("表", columns, locale, ZoneInfo("Asia/Shanghai"))
        write(Format.CSV, tmp_path / "t.csv", sheet, iter([("x",)]))
        assert (tmp_path / "t.csv").read_text("utf-8-sig").splitlines()[0] == said
    assert {one.title("zh-Hant") for one in lists.LISTS} >= {"訂單", "退貨單", "操作記錄"}


def test_a_workbook_has_numbers_days_and_texts_that_stay_texts(tmp_path):
    target = tmp_path / "t.xlsx"

    write(Format.XLSX, target, SHEET, iter(ROWS))

    page = openpyxl.load_workbook(target).active
    assert [cell.value for cell in page[2]] == [
        "001", -1234.5, datetime(2026, 3, 5), datetime(2026, 3, 5, 0, 30),  # noqa: DTZ001
    ]  # fmt: skip
    assert (page["A3"].value, page["A3"].data_type, page["A3"].quotePrefix) == (ROWS[1][0], "s", True)
    assert page["A2"].number_format == "@"


def test_a_parquet_keeps_types_and_exact_decimals(tmp_path):
    target = tmp_path / "t.parquet"

    write(Format.PARQUET, target, SHEET, iter(ROWS))

    table = pq.read_table(target)
    assert table.column_names == ["code", "amount", "day", "at"]
    assert table.to_pylist()[0] == {
        "code": "001",
        "amount": Decimal("-1234.500000"),
        "day": date(2026, 3, 5),
        "at": datetime(2026, 3, 4, 16, 30, tzinfo=UTC),
    }


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "＝1", "-1+2"])
def test_what_would_run_is_defused(text):
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "+8613812345678", "苏州", "a=b", "", "-1.50"])
def test_what_is_harmless_stays(text):
    assert defused(text) == text


@given(some.text(max_size=30))
def test_nothing_that_leaves_begins_like_a_formula_unless_it_is_a_number(text):
    safe = defused(text)
    assert not safe.startswith(("=", "@", "\t", "\r")) or safe == text == ""
    assert not safe.startswith(("+", "-")) or safe[1:].replace(".", "", 1).isdigit()


def test_a_dealer_exports_only_its_own_partners_and_who_may_not_call_gets_masked_phones(tmp_path):
    brand = a_brand()
    dealer = a_partner(parent=brand, name="苏州瑞丰", phone="13812345678").organization
    a_partner(parent=dealer, name="鑫源便利店", kind="STORE")
    a_partner(parent=brand, name="南京恒泰")

    staff = exported(an_actor(brand, Role.ANALYST), "partners", tmp_path / "a.csv")
    owner = exported(an_actor(dealer, Role.OWNER), "partners", tmp_path / "b.csv")

    assert [row[1] for row in staff[1:]] == ["南京恒泰", "苏州瑞丰", "鑫源便利店"]
    assert [row[1] for row in owner[1:]] == ["苏州瑞丰", "鑫源便利店"]
    phone = staff[0].index("电话")
    assert staff[2][phone] == "138****5678"
    assert owner[1][phone] == "13812345678"


def test_every_list_can_be_read_by_who_may_and_is_refused_to_who_may_not(tmp_path):
    channel = a_channel()
    draft = {"price_list_id": ""}
    for list_ in lists.LISTS:
        if list_.name in ("prices", "statement"):  # of one price list, of one account
            continue
        rows = exported(channel.staff, list_.name, tmp_path / f"{list_.name}.csv")
        assert rows[0] == [column.title_zh for column in list_.columns(channel.staff)]
        assert all(len(row) == len(rows[0]) for row in rows)
    with acting(channel.staff), pytest.raises(InvalidInput):
        export_list(
            actor=channel.staff,
            name="prices",
            format_=Format.CSV,
            filters=draft,
            target=tmp_path / "p",
            now=NOW,
        )
    keeper = an_actor(channel.dealer, Role.KEEPER)
    assert [one.name for one in lists_of(keeper)] == [
        "order_lines", "orders", "returns", "shipments", "skus", "stock",
    ]  # fmt: skip
    with acting(keeper), pytest.raises(ScopeMissing):
        export_list(
            actor=keeper, name="balances", format_=Format.CSV, filters={}, target=tmp_path / "b", now=NOW
        )
    with acting(keeper), pytest.raises(ListUnknown):
        export_list(
            actor=keeper, name="secrets", format_=Format.CSV, filters={}, target=tmp_path / "s", now=NOW
        )


def test_orders_and_their_lines_are_those_of_the_reader_and_of_the_filter(tmp_path, monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 2)
    channel = a_channel(stock="1000")
    path = a_csv(
        tmp_path / "o.csv", "订单号,商品编码,数量", *[f"PO{number},W550,{number}" for number in range(1, 6)]
    )
    import_file(path, actor=an_actor(channel.dealer, Role.BUYER), entity="orders")

    orders = exported(channel.staff, "orders", tmp_path / "a.csv")
    lines = exported(channel.owner, "order_lines", tmp_path / "b.csv", text="PO3")
    foreign = exported(channel.other_owner, "orders", tmp_path / "c.csv")

    assert sorted(row[1] for row in orders[1:]) == ["PO1", "PO2", "PO3", "PO4", "PO5"]
    told = dict(zip(lines[0], lines[1], strict=True))
    assert (len(lines), told["外部单号"], told["数量"], told["含税单价"]) == (2, "PO3", "3", "10")
    assert len(foreign) == 1


def test_stock_and_balances_tell_what_is_held_and_available(tmp_path):
    channel = a_channel(stock="100", prepaid="1000")
    path = a_csv(tmp_path / "o.csv", "商品编码,数量", "W550,4")
    import_file(path, actor=an_actor(channel.dealer, Role.BUYER), entity="orders")

    stock = exported(channel.staff, "stock", tmp_path / "s.csv", warehouse_id=str(channel.warehouse.pk))
    balances = exported(channel.owner, "balances", tmp_path / "b.csv")

    told = dict(zip(stock[0], stock[1], strict=True))
    assert (told["在库"], told["占用"], told["可用"]) == ("100", "4", "96")
    mine = next(row for row in balances[1:] if row[1] == channel.brand.name)
    assert (mine[2], mine[3], mine[5]) == ("1000", "40", "960")


def test_balances_say_what_is_overdue_and_only_those_who_are_when_asked(tmp_path):
    channel = a_channel(prepaid="1000")
    money = AccountRef(
        AccountKind.PARTNER_BALANCE, channel.dealer.pk, currency="CNY", counterparty_id=channel.brand.pk
    )
    ledger.set_floor(account=money, target=Decimal(-500))
    ledger.post(
        source=Source("opening", uuid7(), "open"),
        amount=Decimal("1300.50"),
        debit=AccountRef(AccountKind.SALES, channel.brand.pk, currency="CNY"),
        credit=money,
        user_id=None,
        now=NOW,
        effective_at=NOW - timedelta(days=31),
    )
    finance = an_actor(channel.brand, Role.FINANCE)

    every = exported(finance, "balances", tmp_path / "a.csv")
    late = exported(finance, "balances", tmp_path / "b.csv", overdue="true")

    told = dict(zip(every[0], every[1], strict=True))
    assert (told["余额"], told["信用额度"], told["可用"], told["逾期"]) == ("-300.5", "500", "199.5", "300.5")
    assert [row[0] for row in late[1:]] == [channel.dealer.name]
    with pytest.raises(InvalidInput):
        exported(finance, "balances", tmp_path / "c.csv", overdue="late")


def test_a_statement_begins_with_what_stood_before_and_ends_with_what_stands_after(tmp_path):
    channel = a_channel(prepaid="1000")
    between = {"buyer_id": str(channel.dealer.pk), "seller_id": str(channel.brand.pk)}
    days = {"first": f"{NOW:%Y-%m-01}", "last": f"{NOW:%Y-%m-%d}"}

    rows = exported(channel.owner, "statement", tmp_path / "s.csv", **between, **days)

    told = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [(one["单据类型"], one["变动"], one["结余"]) for one in told] == [
        ("期初", "", "0"),
        ("收款", "1000", "1000"),
        ("期末", "", "1000"),
    ]
    assert {one["币种"] for one in told} == {"CNY"}


def test_the_trail_names_what_was_changed(tmp_path):
    channel = a_channel()
    with acting(channel.staff):
        export_list(
            actor=channel.staff,
            name="partners",
            format_=Format.CSV,
            filters={},
            target=tmp_path / "p.csv",
            now=NOW,
        )
        audit.record(
            actor=channel.staff,
            action="partner.updated",
            subject_type="partner",
            subject_id=channel.dealer.pk,
            owner_path=channel.brand.path,
            now=NOW,
        )

    rows = exported(an_actor(channel.brand, Role.ADMINISTRATOR), "audit", tmp_path / "a.csv")

    told = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [(one["操作"], one["对象类型"], one["对象"], one["对象标识"]) for one in told[:2]] == [
        ("伙伴 · 修改", "伙伴", channel.dealer.name, str(channel.dealer.pk)),
        ("导出 · 导出文件", "导出", "伙伴", "partners"),
    ]


@pytest.mark.parametrize("missing", ["buyer_id", "first"])
def test_a_statement_asks_for_both_sides_and_its_days(tmp_path, missing):
    channel = a_channel()
    asked = {
        "buyer_id": str(channel.dealer.pk),
        "seller_id": str(channel.brand.pk),
        "first": "2026-03-01",
        "last": "2026-03-31",
    }
    del asked[missing]
    with pytest.raises(InvalidInput) as refused:
        exported(channel.owner, "statement", tmp_path / "s.csv", **asked)
    assert refused.value.facts["field"] == f"filters.{missing}"


def test_costs_are_a_column_only_for_who_sees_them(tmp_path):
    channel = a_channel()
    Sku.objects.update(standard_cost=Decimal("1.5"))

    finance = exported(an_actor(channel.brand, Role.FINANCE), "skus", tmp_path / "a.csv")
    sales = exported(an_actor(channel.brand, Role.SALES_OPERATIONS), "skus", tmp_path / "b.csv")

    assert (finance[0][-1], finance[1][-1]) == ("标准成本", "1.5")
    assert "标准成本" not in sales[0]
    assert sales[1][0] == "W550"


def test_an_export_is_recorded_and_one_too_large_is_refused_and_is_not(tmp_path):
    brand = a_brand()
    actor = an_actor(brand)
    for number in range(3):
        a_partner(parent=brand, name=f"伙伴{number}")

    exported(actor, "partners", tmp_path / "a.csv", text="伙伴")
    with acting(actor), pytest.raises(ExportTooLarge):
        export_list(
            actor=actor,
            name="partners",
            format_=Format.XLSX,
            filters={},
            target=tmp_path / "b.xlsx",
            rows_max=2,
            now=NOW,
        )

    record = AuditRecord.objects.get(action="export.made")
    assert (record.user_id, record.subject_id) == (actor.user_id, "partners")
    assert record.after == {"format": "csv", "rows": 3, "filters": {"text": "伙伴"}}


def test_an_unknown_filter_is_refused_instead_of_exporting_everything(tmp_path):
    actor = an_actor(a_brand())

    with acting(actor), pytest.raises(InvalidInput):
        export_list(
            actor=actor,
            name="partners",
            format_=Format.CSV,
            filters={"tire": "A"},
            target=tmp_path / "x",
            now=NOW,
        )
    assert Partner.objects.count() == 0


def test_an_export_can_be_imported_again_and_changes_nothing(tmp_path):
    brand = a_brand(code="HQ")
    actor = an_actor(brand)
    a_partner(organization=an_organization(parent=brand, code="JS1", name="甲"), tier="A", tags=["重点"])
    target = tmp_path / "p.csv"
    exported(actor, "partners", target)

    outcome = import_file(target, actor=actor, entity="partners")

    assert outcome.problems == []
    assert outcome.totals.unchanged == 1
