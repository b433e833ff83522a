"""Open carts follow the prices: what a publication means for them is written down, then quoted in batches.

The publication itself only becomes an event. A consumer marks the carts that it can reach, a periodic work quotes
what is marked, a few carts per transaction. Neither loses an edit: both sides lock the cart, the work writes what
lines cost and never what they are. Done twice it finds nothing to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from huiliu.access.types import Actor, OrganizationKind
from huiliu.flows.shop import carts as shop
from huiliu.kernel.period import DEFAULT_ZONE, business_date, start_of_day
from huiliu.orders import cart_selectors
from huiliu.orders.models import Cart
from huiliu.orders.services import carts
from huiliu.platform.database import SYSTEM_REACH, system_reach
from huiliu.platform.errors import NotFound
from huiliu.platform.events import EventRow
from huiliu.policies import selectors as policies
from huiliu.policies.types import VersionHead
from huiliu.pricing.services import KIND

BATCH = 20
COUNTED = frozenset({"policy.published", "policy.ended"})
JOINED = "policy.announced"  # also told when somebody joins the audience of a list that is out already


def mark_carts(*, happened: Sequence[EventRow], now: datetime) -> int:
    """The handler of the event log: open carts that a price list may have changed wait for a new quote.

    Replay: a cart that waits already goes on waiting.
    """
    marked = 0
    for version_id in _versions(happened):
        head = policies.get_version(version_id, kind=KIND)
        marked += _mark(head, now=now)
        if head.supersedes_id is not None:  # whom the earlier version spoke to, and this one does not
            marked += _mark(policies.get_version(head.supersedes_id, kind=KIND), now=now)
    return marked


def _versions(happened: Sequence[EventRow]) -> list[UUID]:
    """Each price list once, in the order of the events."""
    told = [
        event.subject_id
        for event in happened
        if event.type in (*COUNTED, JOINED) and event.payload.get("kind") == KIND
    ]
    return [UUID(one) for one in dict.fromkeys(told)]


def _mark(head: VersionHead, *, now: datetime) -> int:
    buyers = None if head.width is None else policies.members_of(head.id)
    return carts.mark_for_requote(seller_id=head.seller_id, buyer_ids=buyers, now=now)


def requote_due(*, now: datetime) -> int:
    """Quote everything that waits, and once a day what was last quoted earlier: a list may begin or end today.

    For the worker; each batch is a transaction of its own. Returns how many carts cost otherwise than before.
    """
    today = start_of_day(business_date(now, DEFAULT_ZONE), DEFAULT_ZONE)
    changed = 0
    while True:
        with system_reach("jobs"):
            batch = cart_selectors.due_carts(quoted_before=today, limit=BATCH)
            changed += sum(requote(cart, now=now) for cart in batch)
        if len(batch) < BATCH:
            return changed


def requote(cart: Cart, *, now: datetime) -> bool:
    """Quote one cart, write down what that changes and tell its people; answers whether there is news.

    Locks:  `cart` must be locked. Replay: the same prices are told once.
    """
    try:
        view = shop.view_cart(actor=_system(cart), cart=cart, now=now)
    except NotFound:  # buyer or seller is gone: nothing to be told any more
        carts.keep_quote(cart, digest="", gross=cart.quote_gross, news=None, now=now)
        return False
    quote, before = view.judgement.quote, cart.news
    news = shop.news_of(view, now=now)
    carts.keep_quote(cart, digest=quote.digest, gross=quote.gross_amount, news=news, now=now)
    if news is None or (before or {}).get("lines") == news["lines"]:
        return False
    carts.tell_requoted(
        cart,
        now=now,
        payload={"lines": len(news["lines"]), "difference": news["difference"], "currency": quote.currency},
    )
    return True


def _system(cart: Cart) -> Actor:
    """Who quotes when nobody asked: without roles, so that no price is set by hand."""
    return Actor(
        user_id=None,
        organization_id=cart.owner_id,
        organization_path=cart.owner_path,
        organization_kind=OrganizationKind.BRAND,
        roles=frozenset(),
        scopes=frozenset(),
        reach=SYSTEM_REACH,
        timezone=DEFAULT_ZONE,
    )
