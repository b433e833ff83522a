"""Check the installation, and make users."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from huiliu.entrypoints.cli.place import data_directory, port

DISK_FREE_MIN = 2 * 1024**3


def _finding(name: str, *, ok: bool, detail: str, remedy: str = "") -> dict[str, Any]:
    return {"name": name, "ok": ok, "detail": detail, "remedy": remedy}


def run_doctor() -> list[dict[str, Any]]:
    """Each check with what was found and, when it fails, what to do."""
    data = data_directory()
    data.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(data).free
    node = Path(sys.executable).parent / "node"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    found = [
        _finding(
            "python",
            ok=sys.version_info >= (3, 11),
            detail=sys.version.split()[0],
            remedy="Install Python 3.11 or newer.",
        ),
        _finding("node", ok=node.exists(), detail=str(node), remedy="Run `make setup`."),
        _finding(
            "disk",
            ok=free > DISK_FREE_MIN,
            detail=f"{free / 1e9:.1f} GB free",
            remedy="Free space or move HUILIU_DATA.",
        ),
        _finding(
            "chromium (tests)",
            ok=chromium is not None,
            detail=chromium or "not found",
            remedy="apt-get install chromium fonts-noto-cjk",
        ),
    ]
    found.append(_port_finding())
    found.append(_database_finding(data))
    return found


def _port_finding() -> dict[str, Any]:
    with socket.socket() as probe:
        busy = probe.connect_ex(("127.0.0.1", port())) == 0
    return _finding(
        "port", ok=True, detail=f"{port()} is {'in use (Huiliu or another program)' if busy else 'free'}"
    )


def _database_finding(data: Path) -> dict[str, Any]:
    from huiliu.platform.embedded import Cluster

    if os.environ.get("DATABASE_URL"):
        return _finding("database", ok=True, detail="external, by DATABASE_URL")
    cluster = Cluster(data)
    if not (cluster.directory / "PG_VERSION").exists():
        return _finding("database", ok=True, detail="not made yet: `huiliu up` makes it")
    process = cluster.process()
    if process is None:
        return _finding("database", ok=True, detail="stopped")
    import psycopg

    try:
        with psycopg.connect(cluster.urls().super_) as connection:
            row = connection.execute(
                "SELECT current_setting('server_version'), (SELECT count(*) FROM ledger_prove())"
            ).fetchone()
    except psycopg.Error as error:
        return _finding(
            "database",
            ok=False,
            detail=str(error).splitlines()[0],
            remedy="Look into postgres.log in the data directory.",
        )
    assert row is not None  # noqa: S101 - one row by construction
    return _finding(
        "database",
        ok=row[1] == 0,
        detail=f"PostgreSQL {row[0]}, {row[1]} ledger differences",
        remedy="The ledger does not prove: keep the data directory and report it.",
    )


def run_brand_create(
    *,
    name: str,
    code: str,
    timezone: str,
    username: str,
    person: str,
    password: str,
    warehouse: str,
    now: datetime,
) -> dict[str, Any]:
    """What was made. A refusal is told with its remedy. Raises: SystemExit."""
    from huiliu.access.services import BrandDraft
    from huiliu.flows.found_brand import found_brand
    from huiliu.kernel.refusals import DomainError

    draft = BrandDraft(
        name=name, code=code, timezone=timezone, username=username, person=person, password=password
    )
    try:
        founded, place = found_brand(draft=draft, warehouse=warehouse, now=now)
    except DomainError as refused:
        reasons = " ".join(str(one) for one in refused.facts.get("reasons", ()))
        sys.stderr.write(f"{refused} {reasons}\n→ {refused.remedy()}\n")
        raise SystemExit(2) from refused
    told = {
        "brand": founded.brand.name,
        "code": founded.brand.code,
        "timezone": founded.brand.timezone,
        "warehouse": place.code,
        "administrator": founded.username,
    }
    return told | ({"one_time_password": founded.password} if founded.password else {})


def run_user(*, username: str, password: str, role: str, name: str, organization: str, now: datetime) -> str:
    """Make a user or reset a password. Raises: SystemExit with the reason."""
    from huiliu.access.models import Organization, Session, User
    from huiliu.access.services.sessions import hashed
    from huiliu.access.types import Role
    from huiliu.kernel.refusals import DomainError
    from huiliu.platform.database import system_reach

    try:
        with system_reach("maintenance"):
            known = User.objects.filter(username__iexact=username).first()
            if known is not None:
                User.objects.filter(pk=known.pk).update(password=hashed(password, user=known))
                Session.objects.filter(user=known, ended_at=None).update(ended_at=now)
                return f"{username} has a new password; its sessions ended."
            place = (
                Organization.objects.filter(code=organization).first()
                if organization
                else Organization.objects.filter(kind="BRAND").order_by("id").first()
            )
            if place is None:
                raise SystemExit(
                    f"There is no organization {organization}."
                    if organization
                    else "There is no brand yet: make it with `huiliu brand create NAME`."
                )
            User.objects.create(
                organization=place,
                organization_path=place.path,
                username=username,
                name=name or username,
                roles=[Role(role).value],
                password=hashed(password),
                created_at=now,
            )
            return f"{username} may sign in at {place.name}."
    except (DomainError, ValueError) as refused:
        raise SystemExit(str(refused)) from refused
