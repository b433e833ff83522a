"""Files for tests as Excel, WPS, tills and scripts write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from huiliu.access.types import Actor
from huiliu.integrations.importing.engine import Engine
from huiliu.integrations.importing.mapping import plan_of
from huiliu.integrations.importing.own_fields import mapping_in_force
from huiliu.integrations.importing.reading import open_table
from huiliu.integrations.importing.registry import entity_of
from huiliu.integrations.importing.rows import Rows
from huiliu.integrations.importing.types import Context, Mode, Outcome, Progress
from huiliu.testing.actors import NOW


def a_csv(path: Path, *lines: str, encoding: str = "utf-8-sig", newline: str = "\r\n") -> Path:
    """A comma file of these lines."""
    path.write_bytes((newline.join(lines) + newline).encode(encoding))
    return path


def a_workbook(path: Path, *rows: Sequence[Any], sheet: str = "Sheet1") -> Path:
    """A workbook of these rows, as Excel stores them: shared texts, numbers as numbers."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    page = book.add_worksheet(sheet)
    for place, row in enumerate(rows):
        page.write_row(place, 0, row)
    book.close()
    return path


def import_file(
    path: Path,
    *,
    actor: Actor,
    entity: str,
    dry_run: bool = False,
    mode: Mode = Mode.UPSERT,
    columns: dict[str, str] | None = None,
    options: dict[str, str] | None = None,
    only: Iterable[int] | None = None,
    progress: Progress | None = None,
    trusts: Any = None,
) -> Outcome:
    """What the job does, without the job."""
    table, mapping = open_table(path), mapping_in_force(entity)
    rows = Rows(table, mapping, plan_of(mapping, table.rows(), columns=columns or {}))
    rows.only = None if only is None else frozenset(only)
    rows.trusts = trusts or rows.trusts
    context = Context(actor, NOW, mode, options or {}, "0" * 64)
    engine = Engine(entity_of(entity).open(context), rows, context)
    engine.progress = progress or engine.progress
    return engine.run(dry_run=dry_run)
