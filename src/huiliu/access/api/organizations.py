"""The organization tree over HTTP."""

from __future__ import annotations

from typing import Any

from ninja import Path, Query
from pydantic import Field

from huiliu.access import errors, selectors, services
from huiliu.access import schemas as shapes
from huiliu.access.api.routing import router
from huiliu.access.edge import ActorRequest
from huiliu.kernel.period import ZoneUnknown
from huiliu.platform.errors import Stale
from huiliu.platform.http.cursor import Page, PageQuery, decode_cursor, page_of

PLACES = [errors.OrganizationNotVisible, errors.TreeCycle, errors.OrganizationKindWrong]


class OrganizationQuery(PageQuery):
    parent_id: int | None = Field(default=None, ge=1, le=2**53)
    below_id: int | None = Field(default=None, ge=1, le=2**53, description="The whole subtree below it.")
    text: str = Field(default="", max_length=100, pattern=r"^[^\x00]*$")


@router.get(
    "/organizations",
    scope="organizations:read",
    response=Page[shapes.OrganizationOut],
    errors=[errors.OrganizationNotVisible],
)
def list_organizations(request: ActorRequest, query: Query[OrganizationQuery]) -> Any:  # noqa: ARG001
    """Organizations in my reach, by pinyin."""
    key = decode_cursor(query.cursor, size=2)
    rows = selectors.list_organizations(
        parent_id=query.parent_id,
        below_id=query.below_id,
        text=query.text,
        after=(key[0], key[1]) if key else None,
        limit=query.limit + 1,
    )
    keys = selectors.sort_keys([row.id for row in rows])
    return page_of(rows, limit=query.limit, key=lambda row: (keys[row.id], row.id))


@router.get(
    "/organizations/{organization_id}",
    scope="organizations:read",
    response=shapes.OrganizationOut,
    errors=[errors.OrganizationNotVisible],
)
def get_organization(request: ActorRequest, organization_id: Path[shapes.Id]) -> Any:  # noqa: ARG001
    """One organization."""
    return selectors.find_organization(organization_id)


@router.post(
    "/organizations",
    scope="organizations:write",
    response=shapes.OrganizationOut,
    status=201,
    errors=[errors.OrganizationNotVisible, errors.OrganizationKindWrong, errors.OrganizationCodeTaken],
)
def create_organization(request: ActorRequest, body: shapes.OrganizationIn) -> Any:
    """A new organization below a parent."""
    return services.create_organization(
        actor=request.actor,
        code=body.code,
        name=body.name,
        kind=body.kind,
        parent_id=body.parent_id,
        since=body.since,
        now=request.now,
    )


@router.put(
    "/organizations/{organization_id}",
    scope="organizations:write",
    response=shapes.OrganizationOut,
    errors=[errors.OrganizationNotVisible, errors.KeptAsPartner, ZoneUnknown, Stale],
)
def change_organization(
    request: ActorRequest, organization_id: Path[shapes.Id], body: shapes.OrganizationChangeIn
) -> Any:
    """Name (of a branch), time zone, and seats of its users."""
    return services.change_organization(
        actor=request.actor, organization_id=organization_id, now=request.now, **body.dict()
    )


@router.post(
    "/organizations/{organization_id}/active",
    scope="organizations:write",
    response=shapes.OrganizationOut,
    errors=[errors.OrganizationNotVisible, errors.KeptAsPartner, errors.NotYourself],
)
def switch_organization(
    request: ActorRequest, organization_id: Path[shapes.Id], body: shapes.SwitchIn
) -> Any:
    """Open or close a branch; closed, its people are out with the next request."""
    return services.switch_organization(
        actor=request.actor,
        organization_id=organization_id,
        is_active=body.is_active,
        reason=body.reason,
        now=request.now,
    )


@router.get(
    "/organizations/{organization_id}/placements",
    scope="organizations:read",
    response=list[shapes.PlacementOut],
    errors=[errors.OrganizationNotVisible],
)
def list_placements(request: ActorRequest, organization_id: Path[shapes.Id]) -> Any:  # noqa: ARG001
    """Where it stood in the tree, as far as I see those places."""
    return selectors.list_placements(organization_id=organization_id)


@router.post(
    "/organizations/{organization_id}/move-preview",
    scope="organizations:write",
    response=shapes.EffectOut,
    idempotent=False,
    errors=PLACES,
)
def preview_move(request: ActorRequest, organization_id: Path[shapes.Id], body: shapes.EffectIn) -> Any:
    """What a move would take along."""
    return services.preview_move(
        actor=request.actor, organization_id=organization_id, parent_id=body.parent_id
    )


@router.post(
    "/organizations/{organization_id}/move",
    scope="organizations:write",
    response=shapes.MovedOut,
    errors=[*PLACES, errors.MoveInFuture, errors.MoveBeforeLatest, errors.MoveInProgress],
)
def move_organization(request: ActorRequest, organization_id: Path[shapes.Id], body: shapes.MoveIn) -> Any:
    """Move an organization and all below it from a day on; history stays where it was."""
    return services.move_organization(
        actor=request.actor,
        organization_id=organization_id,
        parent_id=body.parent_id,
        effective_on=body.effective_on,
        reason=body.reason,
        now=request.now,
    )
