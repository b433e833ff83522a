"""Refusals of services in the words of a sheet: the rows and columns that the values came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from huiliu.integrations.importing.engine import parts_of
from huiliu.kernel.refusals import DomainError, Refusals


class named:  # noqa: N801 - reads as a word in a with statement
    """Refusals of the block name the row's fields instead of the service's."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DomainError):
            for one in parts_of(error):
                one.facts["field"] = self.names.get(one.field or "", one.field)


class RowRefusals(Refusals):
    """Collects what is refused of a batch, each at its row: the engine takes those rows out and the others go on."""

    @contextmanager
    def of_row(self, place: int) -> Iterator[None]:
        """Refusals of the block are those of that row; of several, each by itself."""
        try:
            yield
        except DomainError as refusal:
            for one in parts_of(refusal):
                self.add(one.at(f"rows[{place}]"))
