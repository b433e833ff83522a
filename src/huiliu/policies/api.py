"""Policies of every kind over HTTP: the calendar, and whom an audience means."""

from __future__ import annotations

from typing import Any
from uuid import UUID

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
    rows = present.versions_out(heads, actor=request.actor)
    return page_of(rows, limit=query.limit, key=present.newest_key)


@router.post(
    "/policies/audience",
    scope="policies:read",
    response=shapes.AudienceAnswer,
    idempotent=False,
    errors=[errors.AudienceInvalid, SeveralRefused],
)
def preview_audience(request: ActorRequest, body: shapes.AudienceQuestion) -> Any:
    """Whom an audience means today, in words, in number and by name. Changes nothing."""
    actor = request.actor
    audience = rules.parse_audience(body.audience)
    found = services.preview_audience(
        audience,
        within_path="" if actor.reach.everything else actor.organization_path,
        text=body.text,
        limit=body.limit,
    )
    return {
        "words": selectors.audience_words([audience], language=actor.locale)[0],
        "count": found.count,
        "candidates": found.candidates,
        "sample": [{"id": one[0], "code": one[1], "name": one[2]} for one in found.sample],
    }


@router.get(
    "/policies/{version_id}/history",
    scope="policies:read",
    response=list[shapes.VersionHistoryOut],
    errors=[errors.VersionNotVisible],
)
def policy_history(request: ActorRequest, version_id: UUID) -> Any:
    """Who did what to a version, when and why; the newest first."""
    return present.history_out(
        selectors.version_history(version_id, actor=request.actor), actor=request.actor
    )
