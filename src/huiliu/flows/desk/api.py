"""Notices, waiting work and the search over everything, over HTTP."""

from __future__ import annotations

from typing import Any

from ninja import Query

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.access.errors import PersonalSettingsFull
from huiliu.flows.desk import alerts, notices, search, todo
from huiliu.flows.desk import schemas as shapes
from huiliu.partners.errors import PartnerNotVisible
from huiliu.platform.http.cursor import Page, PageQuery, decode_cursor, page_of

router = EdgeRouter(tag="desk", module="flows")


@router.get("/notices", scope="session:use", response=Page[shapes.NoticeOut])
def list_notices(request: ActorRequest, query: Query[PageQuery]) -> Any:
    """What happened that concerns the reader, newest first."""
    key = decode_cursor(query.cursor, size=1)
    rows = notices.list_notices(
        actor=request.actor, before_id=int(key[0]) if key else None, limit=query.limit + 1
    )
    return page_of(rows, limit=query.limit, key=lambda row: (row.id,))


@router.get("/notices/unread", scope="session:use", response=shapes.UnreadOut)
def count_unread_notices(request: ActorRequest) -> Any:
    """How many notices came since the place read last."""
    return {"unread": notices.unread_count(actor=request.actor)}


@router.post(
    "/notices/read",
    scope="session:use",
    response=shapes.UnreadOut,
    idempotent=False,
    errors=[PersonalSettingsFull],
)
def read_notices(request: ActorRequest, body: shapes.ReadIn) -> Any:
    """Everything up to this notice is read, on every device."""
    return {"unread": notices.read_until(actor=request.actor, notice_id=body.until, now=request.now)}


@router.get("/desk/waiting", scope="session:use", response=list[shapes.DeskWorkOut])
def list_waiting(request: ActorRequest) -> Any:
    """What waits for somebody with the reader's scopes, with the age of the oldest."""
    return todo.waiting(actor=request.actor, now=request.now)


@router.get("/desk/alerts", scope="session:use", response=list[shapes.DeskAlertOut])
def list_desk_alerts(request: ActorRequest) -> Any:
    """What should not be as it is and the reader can change: late orders, stock near its end, overdue money."""
    return alerts.alerts(actor=request.actor, now=request.now)


@router.get("/search", scope="session:use", response=list[shapes.HitOut], errors=[PartnerNotVisible])
def search_everything(request: ActorRequest, query: Query[shapes.SearchQuery]) -> Any:
    """A few partners, products and orders that the text names."""
    return search.find(actor=request.actor, text=query.text, now=request.now)
