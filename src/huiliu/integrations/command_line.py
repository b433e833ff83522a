"""What `huiliu import --entity` and `huiliu export` call: the importer and the lists without web and worker."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from huiliu.access import authentication
from huiliu.access import selectors as access
from huiliu.access.rules import SCOPES
from huiliu.access.types import Actor, Role
from huiliu.integrations.errors import MappingInvalid
from huiliu.integrations.exporting.services import Exported, export_list
from huiliu.integrations.exporting.writers import Format
from huiliu.integrations.importing.engine import Engine, count_rows
from huiliu.integrations.importing.error_file import ErrorFile
from huiliu.integrations.importing.mapping import plan_of
from huiliu.integrations.importing.own_fields import mapping_in_force
from huiliu.integrations.importing.reading import open_table
from huiliu.integrations.importing.registry import entity_of
from huiliu.integrations.importing.rows import Rows
from huiliu.integrations.importing.types import Context, Mode, Outcome, Progress
from huiliu.platform.database import reach_as, system_reach
from huiliu.platform.errors import NotFound, ScopeMissing


@dataclass(frozen=True, slots=True)
class ColumnFile:
    """A mapping that somebody keeps as TOML: `[columns]` title = "field" ("" leaves out), `[options]` name = "value"."""

    columns: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetImport:
    """What came of one file; `errors` is where it lies with its reasons, if any row was refused."""

    outcome: Outcome
    ignored: tuple[str, ...]
    errors: Path | None

    def as_json(self) -> dict[str, Any]:
        problems = [
            {"row": one.row, "cell": one.cell, "field": one.field, "code": one.code, "message": one.message}
            for one in self.outcome.problems
        ]
        return {
            **self.outcome.summary(),
            "ignored_columns": list(self.ignored),
            "errors_file": str(self.errors) if self.errors else None,
            "problems": problems,
        }


def read_column_file(path: Path) -> ColumnFile:
    """Raises: MappingInvalid."""
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingInvalid(f"{path.name}: {error}", file=path.name) from error
    parts = {name: stored.get(name, {}) for name in ("columns", "options")}
    if not all(isinstance(part, dict) for part in parts.values()):
        raise MappingInvalid(f"{path.name}: [columns] and [options] are tables.", file=path.name)
    texts = {name: {str(key): str(value) for key, value in part.items()} for name, part in parts.items()}
    return ColumnFile(texts["columns"], texts["options"])


def actor_named(username: str) -> Actor:
    """Whose rights the command has; without a name the brand's first administrator. Raises: NotFound."""
    with system_reach("maintenance"):
        user = access.find_user_by_name(username) if username else access.first_administrator()
    actor = user and authentication.actor_of_user(user_id=user.pk, scopes=SCOPES, impersonator_id=None)
    if not actor:
        raise NotFound("There is no such user.", username=username or Role.ADMINISTRATOR.value)
    return actor


def import_sheet(
    *,
    actor: Actor,
    path: Path,
    entity: str,
    mode: Mode,
    columns: Mapping[str, str],
    options: Mapping[str, str],
    dry_run: bool,
    errors: Path | None,
    progress: Progress,
    now: datetime,
    sheet: str = "",
) -> SheetImport:
    """Read, judge and (unless it is a dry run) apply one file; its copy with reasons goes to `errors`.

    Raises: what the file as a whole is refused for; ScopeMissing.
    """
    wanted = entity_of(entity)
    with reach_as(actor.reach, user_id=actor.user_id):
        mapping = mapping_in_force(entity)
    if missing := sorted(wanted.scopes - actor.scopes):
        raise ScopeMissing("This user does not import this.", scope=missing[0])
    table = open_table(path, sheet=sheet)
    plan = plan_of(mapping, table.rows(), columns=columns)
    rows = Rows(table, mapping, plan)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    context = Context(actor, now, mode, options, digest)
    engine = Engine(wanted.open(context), rows, context, progress, total=count_rows(rows))
    outcome = engine.run(dry_run=dry_run)
    written = None
    if outcome.problems and errors is not None:
        file = ErrorFile(table, mapping, plan, outcome, "", actor.locale, dry_run=True)
        ending = file.write(path, errors)
        written = errors if errors.suffix == ending else errors.rename(errors.with_suffix(ending))
    return SheetImport(outcome, plan.ignored, written)


def export_sheet(
    *,
    actor: Actor,
    name: str,
    format_: Format,
    filters: Mapping[str, str],
    target: Path,
    progress: Progress,
    now: datetime,
) -> Exported:
    """Write a list as the actor sees it. Raises: as `export_list`."""
    with reach_as(actor.reach, user_id=actor.user_id):
        return export_list(
            actor=actor,
            name=name,
            format_=format_,
            filters=filters,
            target=target,
            progress=progress,
            now=now,
        )
