"""Price lists over HTTP: translate, one call."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Query

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.kernel.ids import ClockSkewed, IdInvalid, check_uuid7
from huiliu.kernel.money import CurrencyUnknown
from huiliu.kernel.refusals import SeveralRefused
from huiliu.kernel.states import WrongState
from huiliu.platform.errors import Busy, CursorInvalid, Stale
from huiliu.platform.http.cursor import Page, decode_cursor, page_of
from huiliu.policies import errors as life
from huiliu.policies import selectors as versions
from huiliu.policies.api import filters_of
from huiliu.policies.present import newest_after, newest_key
from huiliu.policies.rules import parse_audience
from huiliu.policies.schemas import VersionQuery
from huiliu.pricing import errors, present, rules, selectors, services
from huiliu.pricing import schemas as shapes
from huiliu.pricing.types import PriceLevel

router = EdgeRouter(tag="prices", module="pricing")
SHOWN_MAX = 500
HEAD = (
    life.AudienceInvalid,
    life.PeriodInvalid,
    life.NotYours,
    life.VersionNotVisible,
    CurrencyUnknown,
    SeveralRefused,
)
ROWS = (
    errors.PriceRowInvalid,
    errors.PriceNotPositive,
    errors.PriceRowSkuUnknown,
    errors.PriceRowUnitUnknown,
    life.VersionNotVisible,
    life.PublishedIsNeverEdited,
    life.NotYours,
    SeveralRefused,
)
CHECKS = (*ROWS, errors.PriceListEmpty, errors.PricesTie, WrongState, life.AudienceEmpty, Busy)


def _head(body: shapes.PriceListHead) -> dict[str, Any]:
    return {
        "name": body.name,
        "level": PriceLevel[body.level.value],
        "currency": body.currency,
        "priority": body.priority,
        "project": body.project,
        "audience": parse_audience(body.audience),
        "valid_from": body.valid_from,
        "valid_to": body.valid_to,
        "late_joiners": body.late_joiners,
    }


def _number(value: Any) -> int:
    if not isinstance(value, int):
        raise CursorInvalid("This cursor belongs to another list.", field="cursor")
    return value


@router.get("/price-lists", scope="policies:read", response=Page[shapes.PriceListOut], errors=[CursorInvalid])
def list_price_lists(request: ActorRequest, query: Query[VersionQuery]) -> Any:
    """Versions of price lists, the newest first."""
    heads = versions.list_versions(
        filters=filters_of(query, kind=services.KIND),
        after=newest_after(query.cursor),
        limit=query.limit + 1,
    )
    rows = present.price_lists_out(heads, actor=request.actor)
    return page_of(rows, limit=query.limit, key=newest_key)


@router.post(
    "/price-lists",
    scope="policies:write",
    response=shapes.PriceListOut,
    status=201,
    errors=[
        *HEAD,
        life.VersionCodeTaken,
        life.CodeElsewhere,
        life.VersionIdReused,
        life.SellerNotVisible,
        IdInvalid,
        ClockSkewed,
    ],
)
def create_price_list(request: ActorRequest, body: shapes.NewPriceListIn) -> Any:
    """A draft version of a price list."""
    check_uuid7(body.id, now=request.now)
    head = services.create_price_list(
        actor=request.actor,
        version_id=body.id,
        code=body.code,
        seller_id=body.seller_id,
        copy_from=body.copy_from,
        now=request.now,
        **_head(body),
    )
    return present.price_list_out(head, actor=request.actor)


@router.get(
    "/price-lists/{version_id}",
    scope="policies:read",
    response=shapes.PriceListPageOut,
    errors=[life.VersionNotVisible],
)
def get_price_list(request: ActorRequest, version_id: UUID) -> Any:
    """One version with its size."""
    head = selectors.get_price_list(version_id)
    return present.price_list_out(head, actor=request.actor) | {
        "row_count": selectors.count_rows(version_id),
        "seller_name": present.organization_names([head.seller_id]).get(head.seller_id, ""),
    }


@router.put(
    "/price-lists/{version_id}",
    scope="policies:write",
    response=shapes.PriceListOut,
    errors=[*HEAD, life.PublishedIsNeverEdited, Stale],
)
def update_price_list(request: ActorRequest, version_id: UUID, body: shapes.PriceListIn) -> Any:
    """Change a draft's head; `version` is the one that was read."""
    head = services.update_price_list(
        actor=request.actor,
        version_id=version_id,
        expected_version=body.version,
        now=request.now,
        **_head(body),
    )
    return present.price_list_out(head, actor=request.actor)


@router.get(
    "/price-lists/{version_id}/rows",
    scope="policies:read",
    response=Page[shapes.RowOut],
    errors=[life.VersionNotVisible, CursorInvalid],
)
def list_price_rows(
    request: ActorRequest,  # noqa: ARG001 - the edge's shape
    version_id: UUID,
    query: Query[shapes.RowQuery],
) -> Any:
    """The prices of a version, by goods and unit."""
    key = decode_cursor(query.cursor, size=2)
    rows = selectors.page_rows(
        version_id,
        after=(_number(key[0]), str(key[1])) if key else None,
        sku_ids=selectors.sku_ids_by_text(query.text) if query.text.strip() else None,
        limit=query.limit + 1,
    )
    return page_of(present.rows_out(rows), limit=query.limit, key=lambda row: (row["sku_id"], row["unit"]))


@router.post("/price-lists/{version_id}/rows", scope="policies:write", response=shapes.RowsPut, errors=ROWS)
def put_price_rows(request: ActorRequest, version_id: UUID, body: shapes.RowsIn) -> Any:
    """Put prices into a draft: all of them, or none with every bad row named."""
    selectors.get_price_list(version_id)
    rows = services.rows_from_drafts([present.row_draft(row) for row in body.rows])
    written = services.put_rows(
        actor=request.actor, version_id=version_id, rows=rows, replace=body.replace, now=request.now
    )
    return {"written": written}


@router.post(
    "/price-lists/{version_id}/rows/remove",
    scope="policies:write",
    response=shapes.RowsPut,
    errors=[life.VersionNotVisible, life.PublishedIsNeverEdited, life.NotYours],
)
def remove_price_rows(request: ActorRequest, version_id: UUID, body: shapes.RowsGoneIn) -> Any:
    """Take goods out of a draft."""
    selectors.get_price_list(version_id)
    removed = services.remove_rows(
        actor=request.actor, version_id=version_id, sku_ids=body.sku_ids, now=request.now
    )
    return {"written": removed}


@router.get(
    "/price-lists/{version_id}/diff",
    scope="policies:read",
    response=shapes.DiffOut,
    errors=[life.VersionNotVisible],
)
def diff_price_list(request: ActorRequest, version_id: UUID, query: Query[shapes.DiffQuery]) -> Any:
    """What a version changes against another (default: the one it succeeds), in figures and words."""
    diff, before = selectors.diff_price_list(
        version_id=version_id, against_id=query.against_id, language=request.actor.locale
    )
    words = rules.diff_in_words(
        diff,
        has_before=before is not None,
        name_of=selectors.sku_name,
        language=request.actor.locale,
    )
    return present.diff_out(diff, shown_max=SHOWN_MAX) | {
        "against_id": before.id if before else None,
        "words": words,
    }


@router.get(
    "/price-lists/{version_id}/lint",
    scope="policies:read",
    response=shapes.LintOut,
    errors=[life.VersionNotVisible],
)
def lint_price_list(request: ActorRequest, version_id: UUID) -> Any:  # noqa: ARG001 - the edge's shape
    """What publishing would refuse now, and what to look at first."""
    findings = services.lint_price_list(version_id=version_id)
    return {
        "publishable": all(one.severity != "ERROR" for one in findings),
        "findings": findings,
        "goods": selectors.names_of_goods(findings),
    }


@router.get(
    "/price-lists/{version_id}/members",
    scope="policies:read",
    response=Page[shapes.MemberOut],
    errors=[life.VersionNotVisible, CursorInvalid],
)
def list_price_list_members(
    request: ActorRequest,  # noqa: ARG001 - the edge's shape
    version_id: UUID,
    query: Query[shapes.MemberQuery],
) -> Any:
    """The organizations a published version speaks to; empty when it speaks to everyone."""
    selectors.get_price_list(version_id)
    key = decode_cursor(query.cursor, size=1)
    ids = versions.members_of(version_id, after_id=_number(key[0]) if key else 0, limit=query.limit + 1)
    names = present.organization_names(ids)
    rows = [{"organization_id": one, "name": names.get(one, "")} for one in ids]
    return page_of(rows, limit=query.limit, key=lambda row: (row["organization_id"],))


@router.post(
    "/price-lists/{version_id}/approve",
    scope="policies:approve",
    response=shapes.PriceListOut,
    errors=[*CHECKS, life.FourEyes],
)
def approve_price_list(request: ActorRequest, version_id: UUID) -> Any:
    """Say yes to somebody else's draft."""
    head = services.approve_price_list(actor=request.actor, version_id=version_id, now=request.now)
    return present.price_list_out(head, actor=request.actor)


@router.post(
    "/price-lists/{version_id}/publish", scope="policies:publish", response=shapes.PriceListOut, errors=CHECKS
)
def publish_price_list(request: ActorRequest, version_id: UUID) -> Any:
    """Publish: the next quote of every affected partner uses it."""
    head = services.publish_price_list(actor=request.actor, version_id=version_id, now=request.now)
    return present.price_list_out(head, actor=request.actor)


MOVE = (life.VersionNotVisible, life.NotYours, WrongState)


@router.post(
    "/price-lists/{version_id}/revise", scope="policies:write", response=shapes.PriceListOut, errors=MOVE
)
def revise_price_list(request: ActorRequest, version_id: UUID) -> Any:
    """Take an approved version back to draft."""
    head = services.revise_price_list(actor=request.actor, version_id=version_id, now=request.now)
    return present.price_list_out(head, actor=request.actor)


@router.post(
    "/price-lists/{version_id}/end",
    scope="policies:publish",
    response=shapes.PriceListOut,
    errors=[*MOVE, life.EndReasonMissing],
)
def end_price_list(request: ActorRequest, version_id: UUID, body: shapes.ReasonIn) -> Any:
    """Take a published version out of force at once."""
    head = services.end_price_list(
        actor=request.actor, version_id=version_id, reason=body.reason, now=request.now
    )
    return present.price_list_out(head, actor=request.actor)


@router.post(
    "/price-lists/{version_id}/discard", scope="policies:write", response=shapes.PriceListOut, errors=MOVE
)
def discard_price_list(request: ActorRequest, version_id: UUID, body: shapes.ReasonIn) -> Any:
    """Give up a version that nobody was told of."""
    head = services.discard_price_list(
        actor=request.actor, version_id=version_id, reason=body.reason, now=request.now
    )
    return present.price_list_out(head, actor=request.actor)


@router.post(
    "/price-lists/{version_id}/impact",
    scope="policies:read",
    response=list[shapes.ImpactOut],
    idempotent=False,
    errors=[life.VersionNotVisible],
)
def price_list_impact(request: ActorRequest, version_id: UUID, body: shapes.ImpactIn) -> Any:
    """Which prices a version changes for some buyers and goods; a draft is compared as if it were published."""
    return present.impact_out(
        actor=request.actor, version_id=version_id, buyer_ids=body.buyer_ids, sku_ids=body.sku_ids, on=body.on
    )
