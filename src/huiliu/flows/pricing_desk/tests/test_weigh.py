"""A publication weighed by real orders: whom it reaches, what they took, what the same would cost."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal as D  # noqa: N817

import pytest

from huiliu.access.types import Role
from huiliu.flows.pricing_desk.weigh import weigh_publication
from huiliu.kernel.ids import uuid7
from huiliu.kernel.period import business_date
from huiliu.policies import selectors as versions
from huiliu.policies.types import Audience, VersionFilters, VersionHead
from huiliu.pricing import services as pricing
from huiliu.pricing.types import PriceLevel, RowDraft
from huiliu.testing.actors import NOW, an_actor
from huiliu.testing.api import Api
from huiliu.testing.partners import a_partner
from huiliu.testing.trade import Channel, a_channel

pytestmark = pytest.mark.django_db
TODAY = business_date(NOW, "Asia/Shanghai")


@pytest.fixture
def channel() -> Channel:
    built = a_channel()
    a_partner(organization=built.dealer)
    return built


def a_successor(channel: Channel, price: str, *, audience: Audience | None = None) -> VersionHead:
    current = versions.list_versions(filters=VersionFilters(kind=pricing.KIND, seller_id=channel.brand.pk))[0]
    author = an_actor(channel.brand, Role.SALES_OPERATIONS)
    head = pricing.create_price_list(
        actor=author,
        version_id=uuid7(),
        code=current.code,
        name="下月价",
        seller_id=channel.brand.pk,
        level=PriceLevel(current.content["level"]),
        currency="CNY",
        audience=audience or Audience(),
        valid_from=TODAY + timedelta(days=3),
        valid_to=None,
        now=NOW,
    )
    rows = pricing.rows_from_drafts([RowDraft(D(price), sku_code=channel.sku.code)])
    pricing.put_rows(actor=author, version_id=head.id, rows=rows, now=NOW)
    return head


def test_the_change_is_the_difference_of_the_price_on_what_was_taken(channel):
    body = {"id": str(uuid7()), "lines": [{"sku_code": channel.sku.code, "quantity": "10"}]}
    placed = Api(channel.owner).post("/orders", body).json()
    amount = D(placed["gross_amount"])
    head = a_successor(channel, str(amount / 10 + 2))

    found = weigh_publication(version_id=head.id, today=TODAY)

    assert (found.partners, found.active_buyers, found.changed_prices) == (None, 1, 1)
    assert (found.amount, found.change) == (amount, D(20))
    assert [(one.buyer_id, one.change) for one in found.buyers] == [(channel.dealer.pk, D(20))]
    assert (found.open_orders, found.open_carts) == (1, 0)
    assert [one.version_no for one in found.ends] == [1]


def test_goods_nobody_took_lately_weigh_nothing(channel):
    head = a_successor(channel, "999")

    found = weigh_publication(version_id=head.id, today=TODAY)

    assert (found.active_buyers, found.amount, found.change, found.buyers) == (0, D(0), D(0), ())


def test_only_whom_the_version_speaks_to_is_counted(channel):
    body = {"id": str(uuid7()), "lines": [{"sku_code": channel.sku.code, "quantity": "10"}]}
    assert Api(channel.owner).post("/orders", body).status_code == 201
    head = a_successor(channel, "999", audience=Audience(tiers=("Z",)))

    found = weigh_publication(version_id=head.id, today=TODAY)

    assert (found.partners, found.active_buyers, found.open_orders) == (0, 0, 0)


def test_partners_do_not_learn_what_a_publication_would_do(channel):
    head = a_successor(channel, "12")

    assert Api(channel.owner).get(f"/price-lists/{head.id}/consequences").status_code == 403
