"""Partners in figures and their story, over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Query, Schema
from pydantic import Field, StringConstraints

from huiliu.access import selectors as access
from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.flows.partner_desk import figures
from huiliu.partners.errors import PartnerNotVisible

router = EdgeRouter(tag="partners", module="partners")
Id = Annotated[int, Field(ge=1, le=2**53)]
PAGE_MAX = 200


class FiguresQuery(Schema):
    """The partners of one page of a list."""

    id: Annotated[list[Id], Field(min_length=1, max_length=PAGE_MAX)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "CNY"


class PartnerFiguresOut(Schema):
    """Null is unknown, or not for the reader. Sales are this month's until today."""

    partner_id: int
    net_sales: str | None
    net_sales_before: str | None = Field(description="The same days of last year.")
    net_sales_growth: str | None
    open_orders: int | None
    latest_order_on: date | None
    currency: str | None = Field(description="Of `balance` and `available`.")
    balance: str | None = Field(description="Prepaid above zero, owed below, with the partner's own seller.")
    available: str | None
    stock_units: str | None
    days_of_cover: str | None


class StoryEventOut(Schema):
    """One thing that happened around the partner."""

    id: int
    type: str
    subject_type: str
    subject_id: str
    user_id: int | None
    user_name: str
    effective_at: datetime
    payload: dict[str, Any]


@router.get("/partners/figures", scope="partners:read", response=list[PartnerFiguresOut])
def partner_figures(request: ActorRequest, query: Query[FiguresQuery]) -> Any:
    """Sales, orders, money and stock of up to 200 partners at once; who is out of reach is absent."""
    return figures.figures_of(
        actor=request.actor, partner_ids=query.id, currency=query.currency, now=request.now
    )


@router.get(
    "/partners/{partner_id}/story",
    scope="partners:read",
    response=list[StoryEventOut],
    errors=[PartnerNotVisible],
)
def partner_story(request: ActorRequest, partner_id: Id) -> Any:
    """What happened to the partner, its credit, its latest orders and receipts, newest first."""
    rows = figures.story_of(partner_id=partner_id)
    names = access.user_names({row.user_id for row in rows if row.user_id is not None})
    return [
        {
            "id": row.id,
            "type": row.type,
            "subject_type": row.subject_type,
            "subject_id": row.subject_id,
            "user_id": row.user_id,
            "user_name": names.get(row.user_id or 0, ""),
            "effective_at": row.effective_at,
            "payload": row.payload,
        }
        for row in rows
    ]
