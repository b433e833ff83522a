"""Modules that the brand switches on and off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiliu.access.edge import ActorRequest, EdgeRouter, all_operations
from huiliu.flows.administration import schemas as shapes
from huiliu.platform import errors, jobs, modules, recurring
from huiliu.platform.database import system_reach

router = EdgeRouter(tag="modules", module="platform")


def _operations(module: str) -> int:
    """How many operations of the API rest while the module is off."""
    return sum(
        (operation.openapi_extra or {}).get("x-module") == module
        for path in all_operations().path_operations.values()
        for operation in path.operations
    )


def _shown(row: modules.ModuleRow, works: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return {
        "module": row.module,
        "label_zh": row.label.zh,
        "label_en": row.label.en,
        "is_on": row.is_on,
        "needs": row.needs,
        "needed_by": row.needed_by,
        "operations": _operations(row.module),
        "jobs": sorted(one.name for one in jobs.kinds() if one.module == row.module),
        "works": works.get(row.module, []),
    }


def _works() -> dict[str, list[str]]:
    """The worker's recurring work by module."""
    found: dict[str, list[str]] = {}
    with system_reach("maintenance"):
        for run in recurring.runs():
            found.setdefault(run.module, []).append(run.name)
    return found


@router.get("/modules", scope="settings:read", response=list[shapes.ModuleOut])
def list_modules(request: ActorRequest) -> Any:  # noqa: ARG001 - the edge's shape
    """Every module that can be switched; the rest is always on."""
    works = _works()
    return [_shown(row, works) for row in modules.list_modules()]


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
        ),
        _works(),
    )
