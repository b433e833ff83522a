"""Policies of every kind over HTTP: the calendar, and whom an audience means."""

from __future__ import annotations

from typing import Any

from ninja import Query

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.kernel.refusals import SeveralRefused
from huiliu.platform.errors import CursorInvalid
from huiliu.platform.http.cursor import Page, page_of
from huiliu.policies import errors, present, rules, selectors, services
from huiliu.policies import schemas as shapes
from huiliu.policies.types import VersionFilters

router = EdgeRouter(tag="policies", module="policies")


def filters_of(query: shapes.VersionQuery, *, kind: str = "") -> VersionFilters:
    """The query as selectors read it."""
    return VersionFilters(
        kind=kind or query.kind,
        code=query.code,
        state=query.state.value if query.state else "",
        seller_id=query.seller_id,
        text=query.text,
        on=query.on,
        from_day=query.from_day,
        to_day=query.to_day,
    )


@router.get("/policies", scope="policies:read", response=Page[shapes.VersionOut], errors=[CursorInvalid])
def list_policies(request: ActorRequest, query: Query[shapes.VersionQuery]) -> Any:
    """Versions of every kind, the newest first: the calendar of what was, is and will be promised."""
    heads = selectors.list_versions(
        filters=filters_of(query), after=present.newest_after(query.cursor), limit=query.limit + 1
    )
    rows = [present.version_out(head, actor=request.actor) for head in heads]
    return page_of(rows, limit=query.limit, key=present.newest_key)


@router.post(
    "/policies/audience",
    scope="policies:read",
    response=shapes.AudienceAnswer,
    idempotent=False,
    errors=[errors.AudienceInvalid, SeveralRefused],
)
def preview_audience(request: ActorRequest, body: shapes.AudienceQuestion) -> Any:
    """Whom an audience means today. Changes nothing."""
    actor = request.actor
    found = services.preview_audience(
        rules.parse_audience(body.audience),
        within_path="" if actor.reach.everything else actor.organization_path,
    )
    return {
        "count": found.count,
        "sample": [{"id": one[0], "code": one[1], "name": one[2]} for one in found.sample],
    }
