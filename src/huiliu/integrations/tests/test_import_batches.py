"""A batch leaves and refuses exactly what its rows one by one would, in a few statements."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.forms.models import model_to_dict

from huiliu.access.models import Organization, Placement
from huiliu.catalog.models import Category, Product, ProductBrand, Sku, SkuUnit
from huiliu.integrations.importing.goods import GoodsApplier
from huiliu.integrations.importing.partners import PartnerApplier
from huiliu.integrations.importing.types import Mode, Outcome
from huiliu.partners.models import Address, Contact, Partner
from huiliu.platform.models import AuditRecord, Event
from huiliu.testing.actors import a_brand, an_actor, an_organization
from huiliu.testing.catalog import a_brand_mark, a_category, some_goods
from huiliu.testing.partners import a_partner
from huiliu.testing.pricing import Market
from huiliu.testing.sheets import a_csv, import_file

pytestmark = pytest.mark.django_db

PARTNERS = (
    "编码,名称,类型,上级编码,供货方编码,电话,等级,联系人,手机,收货地址,收货区划代码",
    "OLD1,老客户改名,,,,,B,老王,13800000001,,",  # known: name, tier and the contact's phone change
    "OLD2,不变,,,,,,,,,",
    "N1,甲公司,经销商,,,13900000001,A,王一,13700000001,星湖街 1 号,320505",
    "N1-1,甲店,门店,N1,N1,,,,,,",  # below and from one that the file makes
    "N2,乙公司,,,,13900000001,,,,,",  # the phone of a company of the file
    "N3,丙公司,,,,13700000001,,,,,",  # the phone of a contact of the file
    "N4,甲 公司,,,,,,,,,",  # the name of a company of the file
    "N5,丁公司,,,,123,,,,,",
    "N5-1,丁店,门店,N5,,,,,,,",  # below one that was refused
    "N6,戊公司,,,,13900000006,,王六,1,,",  # only its contact is wrong: it is not made
    "N7,己公司,,,,13900000006,,,,,",  # so its phone is free
    "N8,庚公司,,,,13900000008,,王八,,街 8 号,999999",
    "OLD3,老三,,,,,,新人,2,,",
    "OLD3-1,辛店,门店,甲公司,OLD3,,,,,,",  # the parent by its name
    "N9,老客户,,,,,,,,,",  # the former name of one that the file renamed
    "N10,老客户改名,,,,,,,,,",  # the name that it has now
    "N11-1,壬店,门店,老客户改名,,,,,,,",
    "N12,癸公司,经销商,N1-1,,,,,,,",  # nothing stands below a store
    "FOREIGN,别人的,,,,,,,,,",
    "OLD1,又改名,,,,,,,,,",
)


def partners_left() -> dict[str, Any]:
    """All that an import of partners touches, ids and paths told by codes."""
    codes = dict(Organization.objects.values_list("pk", "code"))

    def by_code(row: Any) -> dict[str, Any]:
        kept = model_to_dict(row, exclude=["id"])
        for name, value in kept.items():
            if name in ("organization", "parent", "default_seller", "partner"):
                kept[name] = codes.get(value)
            elif isinstance(value, str) and re.fullmatch(r"(?:[0-9a-f]{6}\.)+", value):
                kept[name] = path_in_codes(value)
        return kept

    def path_in_codes(path: str) -> list[str]:
        return [codes[int(part, 16)] for part in path.split(".") if part]

    found: dict[str, Any] = {
        model.__name__: [by_code(row) for row in model.objects.order_by(*order)]
        for model, order in (
            (Organization, ("code",)),
            (Placement, ("organization__code", "valid_from")),
            (Partner, ("code",)),
            (Contact, ("partner__code", "id")),
            (Address, ("partner__code", "id")),
        )
    }
    return found | {"told": told(lambda _, subject: str(codes[int(subject)]), path_in_codes, codes)}


def told(
    name_of: Callable[[str, str], str], path_in_codes: Callable[[str], Any], codes: dict[int, str]
) -> dict[str, Any]:
    """Events and audit of each subject in their order."""
    found: dict[str, Any] = {}
    for event in Event.objects.order_by("id"):
        subject = name_of(event.subject_type, event.subject_id)
        found.setdefault(f"event {event.subject_type} {subject}", []).append(
            (
                event.type,
                path_in_codes(event.visible_path),
                event.payload,
                event.user_id,
                event.effective_at,
            )
        )
    for record in AuditRecord.objects.order_by("id"):
        subject = name_of(record.subject_type, record.subject_id)
        parts = [
            {
                key: codes.get(value) if key == "default_seller_id" else value
                for key, value in (part or {}).items()
                if key not in ("id", "category_id", "brand_id")
            }
            for part in (record.before, record.after)
        ]
        found.setdefault(f"audit {record.subject_type} {subject}", []).append(
            (record.action, path_in_codes(record.owner_path), record.user_id, record.reason, *parts)
        )
    return found


def goods_left() -> dict[str, Any]:
    """All that an import of goods touches, ids told by codes."""
    names = {
        (kind, str(pk)): code
        for kind, model in (
            ("product", Product),
            ("sku", Sku),
            ("brand", ProductBrand),
            ("category", Category),
        )
        for pk, code in model.objects.values_list("pk", "code")
    }
    brand = dict(Organization.objects.values_list("pk", "code"))

    def name_of(kind: str, subject: str) -> str:
        return str(names.get((kind, subject), subject))

    products = [
        model_to_dict(row, exclude=["id", "brand", "category"])
        | {"in": row.category.path, "of": row.brand.code if row.brand else "", "at": row.updated_at}
        for row in Product.objects.order_by("code")
    ]
    skus = [
        model_to_dict(row, exclude=["id", "product"]) | {"of": row.product.code, "at": row.updated_at}
        for row in Sku.objects.order_by("code")
    ]
    units = [
        model_to_dict(row, exclude=["id", "sku"]) | {"of": row.sku.code}
        for row in SkuUnit.objects.order_by("sku__code", "id")
    ]
    groups = [
        sorted(Category.objects.values_list("path", "code", "version")),
        sorted(ProductBrand.objects.values_list("code", "name", "version")),
    ]
    return {
        "products": products,
        "skus": skus,
        "units": units,
        "groups": groups,
        "told": told(name_of, lambda path: path, brand),
    }


@contextmanager
def undone() -> Iterator[None]:
    """The block leaves nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def both_ways(
    monkeypatch: Any, applier: Any, run: Callable[[], Outcome], left: Callable[[], dict[str, Any]]
) -> tuple[Outcome, Outcome]:
    """The outcomes in one batch and row by row, once both were seen to leave the same."""
    with undone():
        together, batch = run(), left()
    with undone():
        monkeypatch.setattr(applier, "batch", 1)
        alone, single = run(), left()
    assert batch == single
    assert (together.totals, together.problems, together.taken) == (
        alone.totals,
        alone.problems,
        alone.taken,
    )
    return together, alone


@pytest.mark.parametrize("mode", list(Mode))
def test_partners_in_one_batch_leave_what_they_leave_row_by_row(tmp_path, monkeypatch, mode):
    brand = a_brand()
    east, west = (an_organization(kind="BRANCH", parent=brand) for _ in range(2))
    actor = an_actor(brand)
    first, *_ = (
        a_partner(organization=an_organization(parent=east, code=code, name=name))
        for code, name in (("OLD1", "老客户"), ("OLD2", "不变"), ("OLD3", "老三"))
    )
    Contact.objects.create(
        partner=first, owner_path=first.owner_path, name="老王", phone="13800000009", is_primary=True
    )
    an_organization(kind="BRANCH", parent=west, code="FOREIGN")
    path = a_csv(tmp_path / "p.csv", *PARTNERS)

    outcome, _ = both_ways(
        monkeypatch,
        PartnerApplier,
        lambda: import_file(path, actor=actor, entity="partners", mode=mode),
        partners_left,
    )

    if mode is Mode.UPSERT:
        assert [(one.row, one.field, one.code) for one in outcome.problems] == [
            (6, "", "partners.may_exist"),
            (7, "", "partners.may_exist"),
            (8, "", "partners.may_exist"),
            (9, "phone", "partners.phone_invalid"),
            (10, "parent_code", "access.organization_not_visible"),
            (11, "contact_phone", "partners.phone_invalid"),
            (13, "street_region_code", "partners.region_unknown"),
            (14, "contact_phone", "partners.phone_invalid"),
            (17, "", "partners.may_exist"),
            (19, "kind", "access.organization_kind_wrong"),
            (20, "code", "partners.kind_wrong"),
            (21, "code", "imports.row_repeated"),
        ]


GOODS = (
    "编码,名称,分类,品牌,单位,条码,大单位,换算,大单位条码,产品编码,产品名称,在售,标准成本,保质期天数",
    "OLD,老绿茶,,,,,,,,,,,2.50,",
    "N1,甲,饮料 > 茶,山泉,瓶,6901234567892,箱,24,,,,,,",
    "N2,乙,饮料 > 茶,山泉,瓶,6901234567892,,,,,,,,",  # the barcode of a row before it
    "N3,丙,饮料 > 水,,瓶,6901234567890,,,,,,,,",  # a wrong barcode: its category is not made either
    "N4,丁,水,,瓶,,,,,,,,,",  # so 水 names one category
    "N5,戊,饮料 > 茶,,瓶,,箱,12,,N1,,否,,",  # joins the product that N1 made
    "N6,己,没有 > 这个,新牌,,,,,,,,,,",  # no unit
    "N7,庚,饮料 > 茶,,瓶,,箱,零,,,,,,",
    "P1,一号,,,,,,,,,两兄弟,,,",  # two of one product, each with a word on it
    "P2,二号,,,,,箱,6,,,两姐妹,停用,,180",
    "N8,辛,饮料 > 茶,,瓶,69012345678929,,,,,,,,",
    "N9,壬,饮料 > 茶,,瓶,,,,,P1,,,,",
)


@pytest.mark.parametrize("mode", list(Mode))
def test_goods_in_one_batch_leave_what_they_leave_row_by_row(tmp_path, monkeypatch, mode):
    actor = an_actor(a_brand())
    a_category("矿泉 > 水")
    a_brand_mark("山泉")
    some_goods("老绿茶", code="OLD")
    one = some_goods("一号", code="P1")
    two = some_goods("二号", code="P2")
    Sku.objects.filter(pk=two.pk).update(product=one.product_id)
    path = a_csv(tmp_path / "g.csv", *GOODS)

    outcome, _ = both_ways(
        monkeypatch,
        GoodsApplier,
        lambda: import_file(
            path, actor=actor, entity="skus", mode=mode, options={"create_categories": "yes"}
        ),
        goods_left,
    )

    if mode is Mode.UPSERT:
        assert [(one.row, one.field, one.code) for one in outcome.problems] == [
            (4, "", "catalog.barcode_taken"),
            (5, "barcode", "catalog.barcode_invalid"),
            (8, "base_unit", "imports.cell_empty"),
            (9, "factor2", "imports.cell_unreadable"),
            (12, "barcode", "catalog.barcode_invalid"),
        ]


def statements_of(run: Callable[[], Outcome]) -> tuple[Outcome, int]:
    """How many statements a run takes, savepoints among them."""
    count = 0

    def counting(execute: Any, *rest: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*rest)

    with connection.execute_wrapper(counting):
        return run(), count


def test_a_batch_takes_few_statements_even_with_faulty_rows_in_it(tmp_path):
    market = Market()
    actor = an_actor(market.brand)
    a_category("饮料")
    phones = ["1" if place % 50 == 0 else f"139{place:08d}" for place in range(200)]
    tables = {
        "partners": (
            "编码,名称,电话,联系人,收货地址,收货区划代码",
            *(f"C{place},公司{place},{phone},王,街 1 号,320505" for place, phone in enumerate(phones)),
        ),
        "skus": (
            "编码,名称,分类,单位,大单位,换算",
            *(f"S{place},茶{place},{'饮料' if place % 50 else '酒'},瓶,箱,24" for place in range(200)),
        ),
        "prices": (
            "编码,单位,含税单价",
            *(f"S{place},瓶,{place % 50}" for place in range(1, 200) if place % 50 or place == 100),
        ),
    }
    draft = market.draft({})
    limits = {"partners": 110, "skus": 80, "prices": 50}
    for entity, lines in tables.items():
        path = a_csv(tmp_path / f"{entity}.csv", *lines)
        options = {"price_list_id": str(draft.id)} if entity == "prices" else {}

        def run(path: Any = path, entity: str = entity, options: Any = options) -> Outcome:
            return import_file(path, actor=actor, entity=entity, options=options)

        first, inserting = statements_of(run)
        again, comparing = statements_of(run)

        refused = {"partners": 4, "skus": 4, "prices": 1}[entity]
        assert (first.totals.inserted, first.totals.failed) == (len(lines) - 1 - refused, refused)
        assert (again.totals.unchanged, again.totals.failed) == (len(lines) - 1 - refused, refused)
        assert inserting <= limits[entity], f"{entity}: {inserting} statements"
        assert comparing <= limits[entity], f"{entity}: {comparing} statements"
