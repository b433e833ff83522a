"""How the installation is, and what a person sees: for administrators."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ninja import Path

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.access.errors import UserNotVisible
from huiliu.flows.administration import schemas as shapes
from huiliu.flows.administration import sight
from huiliu.flows.administration.health import BACKLOG_MAX, Health, health

router = EdgeRouter(tag="system", module="platform")


@router.get("/system/health", scope="system:read", response=shapes.HealthOut)
def get_system_health(request: ActorRequest) -> Any:
    """Database, worker, events, jobs, warehouse, disk, backups and versions, measured now."""
    return _health(health(now=request.now), now=request.now)


@router.post(
    "/users/{user_id}/sight",
    scope="users:impersonate",
    response=shapes.SightOut,
    idempotent=False,
    errors=[UserNotVisible],
)
def preview_sight(request: ActorRequest, user_id: Path[shapes.Id]) -> Any:
    """What this person would see: scopes, extent, and rows counted under the person's reach. Audited."""
    found = sight.preview(actor=request.actor, user_id=user_id, now=request.now)
    person = found.person
    return {
        "user_id": person.user_id,
        "name": person.name,
        "organization_id": person.organization_id,
        "organization_name": person.organization_name,
        "organization_kind": person.organization_kind,
        "roles": person.roles,
        "scopes": sorted(person.scopes),
        "extent": found.extent,
        "counts": [asdict(one) for one in found.counts],
    }


def _health(found: Health, *, now: Any) -> dict[str, Any]:
    figures = found.figures
    return {
        "measured_at": now,
        "version": found.version,
        "python_version": found.python_version,
        "findings": [asdict(one) for one in found.findings],
        "database": {
            "version": found.database_version,
            "embedded": found.embedded,
            "size_bytes": found.database_size,
            "connections": figures.connections,
            "connections_max": figures.connections_max,
            "horizon_behind": found.horizon_behind,
            "horizon_held_since": figures.horizon_held_since,
        },
        "worker_seen_at": found.worker_seen_at,
        "works": [
            asdict(run) | {"rests": bool(run.module) and run.module in figures.modules_off}
            for run in figures.runs
        ],
        "jobs": [{"state": state, "count": count} for state, count in found.jobs.items()],
        "job_waiting_since": figures.job_waiting_since,
        "consumers": [asdict(one) | {"is_more": one.backlog >= BACKLOG_MAX} for one in figures.consumers],
        "warehouse_at": figures.warehouse_at,
        "warehouse_on": "insights" not in figures.modules_off,
        "disk_free_bytes": figures.disk_free,
        "disk_total_bytes": figures.disk_total,
        "backup": found.backup
        and {"made_at": found.backup.made_at, "target": found.backup.target, "size_bytes": found.backup.size},
    }
