"""Orders of a buyer that nobody has noted yet."""

from __future__ import annotations

from datetime import date
from threading import Barrier

from huiliu.access.types import Role
from huiliu.orders.models import BuyerName
from huiliu.orders.selectors import OrderFilter, list_orders
from huiliu.platform.database import reach_as
from huiliu.testing.actors import a_brand, an_actor, an_organization
from huiliu.testing.insights import an_order
from huiliu.testing.ledger import at_once, committed


def test_the_first_orders_of_a_buyer_do_not_wait_for_each_other(committed_db):
    """Both note the buyer's name; a unique index would keep the second until the first has committed."""
    brand = committed(lambda: a_brand(name="沐禾"))
    dealer = committed(lambda: an_organization(parent=brand, name="宏达贸易"))
    both_wrote = Barrier(2)

    def first_order() -> None:
        an_order(seller=brand, buyer=dealer, day=date(2026, 5, 1), items=())
        both_wrote.wait(timeout=10)  # neither commits before the other has written

    faults = [fault for fault in at_once([first_order, first_order]) if fault is not None]

    assert faults == []
    assert committed(lambda: set(BuyerName.objects.values_list("buyer_id", "name"))) == {
        (dealer.pk, "宏达贸易")
    }
    with reach_as(committed(lambda: an_actor(brand, Role.SALES_OPERATIONS)).reach, user_id=None):
        assert len(list_orders(where=OrderFilter(text="宏达"))) == 2
