"""Modules that the brand switches on and off."""

from __future__ import annotations

from typing import Any

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.flows.administration import schemas as shapes
from huiliu.platform import errors, modules

router = EdgeRouter(tag="modules", module="platform")


def _shown(row: modules.ModuleRow) -> dict[str, Any]:
    return {
        "module": row.module,
        "label_zh": row.label.zh,
        "label_en": row.label.en,
        "is_on": row.is_on,
        "needs": row.needs,
        "needed_by": row.needed_by,
    }


@router.get("/modules", scope="settings:read", response=list[shapes.ModuleOut])
def list_modules(request: ActorRequest) -> Any:  # noqa: ARG001 - the edge's shape
    """Every module that can be switched; the rest is always on."""
    return [_shown(row) for row in modules.list_modules()]


@router.put(
    "/modules/{module}",
    scope="settings:write",
    response=shapes.ModuleOut,
    errors=[errors.ModuleUnknown, errors.ModuleNeeded, errors.HeadquartersOnly],
)
def switch_module(request: ActorRequest, module: shapes.Word, body: shapes.ModuleIn) -> Any:
    """Switch a module; every process follows within two seconds, what it stored stays."""
    return _shown(
        modules.switch(
            actor=request.actor, module=module, is_on=body.is_on, reason=body.reason, now=request.now
        )
    )
