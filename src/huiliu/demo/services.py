"""Load the demo company: masters and history by the bulk door, then its people, prices, range and limits by services."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from huiliu.access.models import Organization, User
from huiliu.access.rules import reach_of, scopes_of
from huiliu.access.types import Actor, OrganizationKind, Role
from huiliu.catalog.models import ScopeRule, Sku
from huiliu.credit.models import Limit
from huiliu.demo import content, pictures
from huiliu.demo.plan import BRAND_CODE, MONTHS, plan
from huiliu.integrations.history.documents import HistoryOptions
from huiliu.integrations.history.loader import LoadReport, load_history
from huiliu.integrations.history.staging import open_staging
from huiliu.kernel.ids import uuid7
from huiliu.kernel.quantity import UnitFactor
from huiliu.ledger import services as ledger
from huiliu.ledger.models import Account
from huiliu.ledger.types import AccountKind, AccountRef
from huiliu.partners import selectors as partners
from huiliu.platform import stamps
from huiliu.platform.database import system_reach
from huiliu.policies.types import Audience
from huiliu.pricing import services as pricing
from huiliu.pricing.types import PriceLevel, PriceRow

PASSWORD = "huiliu-demo-2026"  # noqa: S105 - printed and in the README: it protects invented data only
CREDIT_LIMIT = 500_000
DEALER = "D0015"  # whose people have logins

#: user name, person, role, organization (None: headquarters; "HD": a branch; "dealer"/"store": the first of its kind)
LOGINS: tuple[tuple[str, str, Role, str | None], ...] = (
    ("admin", "周敏", Role.ADMINISTRATOR, None),
    ("channel", "陈海燕", Role.CHANNEL_MANAGER, None),
    ("sales", "林志强", Role.SALES_OPERATIONS, None),
    ("finance", "黄丽华", Role.FINANCE, None),
    ("warehouse", "吴国庆", Role.WAREHOUSE, None),
    ("analyst", "谢文博", Role.ANALYST, None),
    ("east", "许立新", Role.CHANNEL_MANAGER, "HD"),
    ("dealer", "郑永康", Role.OWNER, DEALER),
    ("buyer", "郭玉兰", Role.BUYER, DEALER),
    ("keeper", "洪德胜", Role.KEEPER, DEALER),
    ("store", "邱春梅", Role.OWNER, "store"),
)

#: A person of the list who works for a second company: one phone, two identities to choose from when signing in.
SECOND_IDENTITY = ("buyer.d0016", "buyer", "D0016")


def phone_of(username: str) -> str:
    """The invented mobile number of a login: 17000000001 and on, in the order of the list."""
    return f"170{[name for name, *_ in LOGINS].index(username) + 1:08d}"


def is_loaded() -> bool:
    """Whether the demo company stands in this database."""
    with system_reach("demo"):
        return Organization.objects.filter(code=BRAND_CODE).exists()


def load_demo(
    *,
    owner_url: str,
    today: date,
    now: datetime,
    static: Path | None = None,
    months: int = MONTHS,
    progress: Callable[[str, float], None] | None = None,
) -> LoadReport:
    """Everything, from the fixed seed; `today` is the last day of its eighteen months (of `months` for a small one).

    Replay: a database that has the demo company is left alone by the caller (`is_loaded`).
    """
    staging = open_staging()
    _warehouses(staging)
    plan(staging, today=today, months=months)
    options = HistoryOptions(
        source="demo", currency="CNY", exponent=2, mode="full", now=now, credit_floor=-CREDIT_LIMIT
    )
    report = load_history(owner_url=owner_url, staging=staging, options=options, progress=progress)
    staging.close()
    with system_reach("demo"):
        people(now=now)
        _range(now=now)
        _floors()
        _limits(today=today, now=now)
    _prices(today=today, now=now)
    if static is not None:
        draw(static)
    return report


def _warehouses(staging: object) -> None:
    """Branch warehouses belong to the brand: orders are shipped from the buyer's region."""
    staging.execute(  # type: ignore[attr-defined]
        "CREATE TABLE h_more_warehouse (code VARCHAR, name VARCHAR, owner_code VARCHAR, city VARCHAR, region_code VARCHAR)"
    )
    staging.executemany(  # type: ignore[attr-defined]
        "INSERT INTO h_more_warehouse VALUES (?, ?, ?, ?, ?)",
        [
            (
                f"{branch.code}-W",
                f"{branch.warehouse_city.removesuffix('市')}仓",
                BRAND_CODE,
                branch.warehouse_city,
                next(
                    (code for code, _, city, _ in branch.cities if city == branch.warehouse_city),
                    branch.cities[0][0],
                ),
            )
            for branch in content.BRANCHES
        ],
    )


def people(*, now: datetime) -> None:
    """The demo's logins, one for each role, all with the printed password; one of them works for two companies.

    Replay: who is there stays; only a phone that is missing is filled in.
    """
    hashed = make_password(PASSWORD)
    for username, name, role, where in LOGINS:
        _person(username, name, role, _place(where), phone=phone_of(username), hashed=hashed, now=now)
    username, same, where = SECOND_IDENTITY
    name, role = next((name, role) for login, name, role, _ in LOGINS if login == same)
    _person(username, name, role, _place(where), phone=phone_of(same), hashed=hashed, now=now)


def complete_people(*, now: datetime) -> None:
    """A demo that was loaded by an earlier version gets the people and phones it lacks."""
    with transaction.atomic(), system_reach("demo"):
        people(now=now)


def _place(where: str | None) -> Organization:
    """The organization that a login of the list works for."""
    if where == "store":
        dealer = Organization.objects.get(code=DEALER)
        return Organization.objects.filter(parent=dealer, kind="STORE").order_by("id")[0]
    return Organization.objects.get(code=where or BRAND_CODE)


def _person(
    username: str,
    name: str,
    role: Role,
    organization: Organization,
    *,
    phone: str,
    hashed: str,
    now: datetime,
) -> None:
    User.objects.get_or_create(
        username=username,
        defaults={
            "organization": organization,
            "organization_path": organization.path,
            "name": name,
            "roles": [role.value],
            "phone": phone,
            "password": hashed,
            "created_at": now,
        },
    )
    User.objects.filter(username=username, phone="").update(phone=phone)


def _floors() -> None:
    """Distributors and the stores of the logins' dealer that ordered nothing in the few months of a small company have
    no account yet; they have the same limit, because orders of theirs are placed.
    """
    dealer = Organization.objects.get(code=DEALER)
    known = set(
        Account.objects.filter(kind=AccountKind.PARTNER_BALANCE.value).values_list(
            "owner_id", "counterparty_id"
        )
    )
    for buyer in partners.buyers_in_reach():
        seller_id = buyer.default_seller_id
        is_meant = buyer.kind == OrganizationKind.DISTRIBUTOR or dealer.pk == seller_id
        if not is_meant or seller_id is None or (buyer.organization_id, seller_id) in known:
            continue
        account = AccountRef(
            AccountKind.PARTNER_BALANCE, buyer.organization_id, currency="CNY", counterparty_id=seller_id
        )
        ledger.set_floor(account=account, target=Decimal(-CREDIT_LIMIT))


def _limits(*, today: date, now: datetime) -> None:
    """The grants behind the floors that the bulk door set: without them credit and balances would tell two stories."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.owner_id, a.owner_path, a.counterparty_id, a.counterparty_path, a.currency, -a.floor"
            " FROM ledger_account a WHERE a.kind = 'partner_balance' AND a.floor < 0"
        )
        rows = cursor.fetchall()
    Limit.objects.bulk_create(
        Limit(
            id=uuid7(),
            kind="LIMIT",
            buyer_id=buyer_id,
            buyer_path=buyer_path,
            seller_id=seller_id,
            seller_path=seller_path,
            currency=currency,
            amount=amount,
            valid_from=today.replace(month=1, day=1),
            reason="年度授信",
            created_at=now,
        )
        for buyer_id, buyer_path, seller_id, seller_path, currency, amount in rows
    )


def _range(*, now: datetime) -> None:
    """Everyone may buy drinks; snacks and sauces go to distributors and to stores of the trade."""
    since = date(2000, 1, 1)
    ScopeRule.objects.create(
        name="全品项对经销商开放", kinds=["DISTRIBUTOR", "SUB_DISTRIBUTOR"], valid_from=since, created_at=now
    )
    ScopeRule.objects.create(name="门店可订全部品项", kinds=["STORE"], valid_from=since, created_at=now)


def actor_for(username: str) -> Actor:
    """The actor of a demo login, as the edge builds it."""
    user = User.objects.select_related("organization").get(username=username)
    roles = frozenset(Role(role) for role in user.roles)
    kind = OrganizationKind(user.organization.kind)
    return Actor(
        user_id=user.pk,
        organization_id=user.organization_id,
        organization_path=user.organization.path,
        organization_kind=kind,
        roles=roles,
        scopes=scopes_of(roles),
        reach=reach_of(kind=kind, path=user.organization.path, roles=roles),
        name=user.name,
    )


def _prices(*, today: date, now: datetime) -> None:
    """The base list, a lower one for tier A, and one of the south's; every dealer's own list for its stores."""
    with transaction.atomic(), system_reach("demo"):
        author, approver = actor_for("channel"), actor_for("admin")
        brand = Organization.objects.get(code=BRAND_CODE)
        south = Organization.objects.get(code="HN")
        skus = {sku.code: sku for sku in Sku.objects.all()}
        rows = [(skus[sku.code].pk, sku) for sku in content.skus() if sku.code not in content.UNPRICED]
        since = today - timedelta(days=600)
        _publish(
            author,
            approver,
            brand.pk,
            "BASE",
            "全国统一供货价",
            PriceLevel.BASE,
            Audience(),
            since,
            rows,
            Decimal(1),
            now,
        )
        _publish(
            author,
            approver,
            brand.pk,
            "TIER-A",
            "A级经销商供货价",
            PriceLevel.GROUP,
            Audience(tiers=("A",)),
            today.replace(day=1),
            rows,
            Decimal("0.97"),
            now,
        )
        _publish(
            author,
            approver,
            brand.pk,
            "SOUTH",
            "华南夏季支持价",
            PriceLevel.REGION,
            Audience(under_paths=(south.path,)),
            today.replace(day=1),
            rows,
            Decimal("0.985"),
            now,
        )
        for code in (DEALER,):
            dealer = Organization.objects.get(code=code)
            _publish(
                author,
                approver,
                dealer.pk,
                f"{code}-STORES",
                "门店供货价",
                PriceLevel.BASE,
                Audience(),
                since,
                rows,
                Decimal("1.12"),
                now,
            )
        stamps.forget()


def _publish(
    author: Actor,
    approver: Actor,
    seller_id: int,
    code: str,
    name: str,
    level: PriceLevel,
    audience: Audience,
    since: date,
    rows: list[tuple[int, content.SkuContent]],
    factor: Decimal,
    now: datetime,
) -> None:
    version_id = uuid7()
    pricing.create_price_list(
        actor=author,
        version_id=version_id,
        code=code,
        name=name,
        seller_id=seller_id,
        level=level,
        currency="CNY",
        audience=audience,
        valid_from=since,
        valid_to=None,
        now=now,
    )
    prices = [
        PriceRow(
            sku_id,
            UnitFactor("箱", sku.case_size) if sku.case_size > 1 else UnitFactor(sku.base_unit, 1),
            (sku.base_price * sku.case_size * factor).quantize(Decimal("0.01")),
            floor_price=(sku.cost * sku.case_size).quantize(Decimal("0.01")),
        )
        for sku_id, sku in rows
    ]
    pricing.put_rows(actor=author, version_id=version_id, rows=prices, now=now)
    pricing.approve_price_list(actor=approver, version_id=version_id, now=now)
    pricing.publish_price_list(actor=approver, version_id=version_id, now=now)


def draw(directory: Path) -> None:
    """The product pictures, one SVG a sku."""
    directory.mkdir(parents=True, exist_ok=True)
    for sku in content.skus():
        (directory / f"{sku.code}.svg").write_text(pictures.picture(sku), encoding="utf-8")


def counts() -> dict[str, int]:
    """How large the demo company is."""
    with system_reach("demo"), connection.cursor() as cursor:
        found = {}
        for name, sql in (
            ("distributors", "SELECT count(*) FROM access_organization WHERE kind = 'DISTRIBUTOR'"),
            ("stores", "SELECT count(*) FROM access_organization WHERE kind = 'STORE'"),
            ("skus", "SELECT count(*) FROM catalog_sku"),
            ("orders", "SELECT count(*) FROM orders_order"),
            ("order lines", "SELECT count(*) FROM orders_line"),
        ):
            cursor.execute(sql)
            found[name] = int(cursor.fetchone()[0])
    return found
