"""`huiliu import FILE --entity …` and `huiliu export LIST FILE`: progress on stderr, the answer on stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

err = Console(stderr=True)
REFUSED = 2  # the file, the mapping or the user; 1 is "some rows"


class BarProgress:
    """The importer's progress as a bar; Ctrl-C stops between two chunks, and what was done is told."""

    def __init__(self, bar: Bar) -> None:
        self.bar = bar
        self.task = bar.add_task("", total=None)

    def advance(self, done: int, total: int | None = None, message: str = "") -> None:
        self.bar.update(self.task, completed=done, total=total, description=message)

    def is_cancelled(self) -> bool:
        return False


@contextmanager
def _bar(*, hidden: bool) -> Iterator[BarProgress]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=err, disable=hidden or not err.is_terminal) as bar:
        yield BarProgress(bar)


def run_sheet_import(
    *,
    path: Path,
    entity: str,
    mode: str,
    mapping: Path | None,
    options: Sequence[str],
    sheet: str,
    username: str,
    errors: Path | None,
    dry_run: bool,
    as_json: bool,
) -> tuple[dict[str, Any], int]:
    """The answer and the exit code: 0 every row was taken, 1 some were refused, 2 the file was."""
    from huiliu.integrations import command_line
    from huiliu.integrations.importing.types import Mode
    from huiliu.kernel.refusals import DomainError

    now = datetime.now(UTC)
    try:
        kept = command_line.read_column_file(mapping) if mapping else command_line.ColumnFile()
        with _bar(hidden=as_json) as progress:
            found = command_line.import_sheet(
                actor=command_line.actor_named(username),
                path=path,
                entity=entity,
                mode=_chosen(Mode, mode),
                columns=kept.columns,
                options={**kept.options, **_pairs(options)},
                dry_run=dry_run,
                errors=errors or path.with_name(f"{path.stem}-errors{path.suffix}"),
                progress=progress,
                now=now,
                sheet=sheet,
            )
    except OSError as fault:
        _refuse(str(fault), "Name a file that can be read.")
    except DomainError as refusal:
        _refuse(str(refusal), refusal.remedy())
    answer = {"entity": entity, "dry_run": dry_run, **found.as_json()}
    return answer, 1 if found.outcome.problems else 0


def run_sheet_export(
    *, name: str, target: Path, filters: Sequence[str], username: str, as_json: bool
) -> dict[str, Any]:
    """The answer; the format is the ending of the file's name. Raises: SystemExit with the reason."""
    from huiliu.integrations import command_line
    from huiliu.integrations.exporting.writers import Format
    from huiliu.kernel.refusals import DomainError

    try:
        with _bar(hidden=as_json) as progress:
            made = command_line.export_sheet(
                actor=command_line.actor_named(username),
                name=name,
                format_=_chosen(Format, target.suffix.lstrip(".").lower()),
                filters=_pairs(filters),
                target=target,
                progress=progress,
                now=datetime.now(UTC),
            )
    except OSError as fault:
        _refuse(str(fault), "Name a place that can be written.")
    except DomainError as refusal:
        _refuse(str(refusal), refusal.remedy())
    return {"list": name, "rows": made.rows, "file": str(target)}


def _chosen(choices: Any, text: str) -> Any:
    try:
        return choices(text)
    except ValueError:
        _refuse(
            f"{text or 'nothing'} is none of {', '.join(one.value for one in choices)}.",
            "Choose one of them.",
        )


def _pairs(texts: Sequence[str]) -> dict[str, str]:
    """`name=value` as given on the command line."""
    pairs = [text.partition("=") for text in texts]
    if bad := next((name for name, equals, _ in pairs if not equals), None):
        _refuse(f"{bad} says no value.", "Write name=value.")
    return {name.strip(): value for name, _, value in pairs}


def _refuse(reason: str, remedy: str) -> NoReturn:
    sys.stderr.write(f"{reason}\n  → {remedy}\n")
    raise SystemExit(REFUSED)
