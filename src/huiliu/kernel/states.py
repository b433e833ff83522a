"""States of documents: an upper-case enum, a table of moves, and the only way to take one."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from huiliu.kernel.refusals import DomainError, Kind


class State(StrEnum):
    """Base of all state enums: the stored value is the name in upper case (use `auto()`)."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:  # noqa: ARG004
        return name.upper()


S = TypeVar("S", bound=StrEnum)
Moves = Mapping[S, frozenset[S]]


class WrongState(DomainError):
    """The document has moved on; reload it and choose one of the actions it allows now."""

    code = "kernel.wrong_state"
    kind = Kind.CONFLICT


def step(moves: Moves[S], *, before: S, after: S) -> S:
    """`after`, if the table allows the move. A state that the table does not know is a bug (KeyError).

    Raises: WrongState (facts: before, after, allowed).
    """
    if after not in moves[before]:
        raise WrongState(
            f"A document in state {before} cannot become {after}.",
            before=str(before),
            after=str(after),
            allowed=[str(state) for state in allowed(moves, before=before)],
        )
    return after


def may(moves: Moves[S], *, before: S, after: S) -> bool:
    """Whether the table allows the move."""
    return after in moves[before]


def allowed(moves: Moves[S], *, before: S) -> list[S]:
    """Where it can go from here, in the order of the enum."""
    reachable = moves[before]
    return [state for state in type(before) if state in reachable]


def is_final(moves: Moves[S], state: S) -> bool:
    """Whether nothing can follow."""
    return not moves[state]


def unknown_or_unreachable(moves: Moves[S], *, start: S) -> set[S]:
    """The states of the enum that no chain of moves from `start` reaches: empty in a sound table.

    Raises: ValueError when a state has no row in the table.
    """
    missing = [state for state in type(start) if state not in moves]
    if missing:
        raise ValueError(f"no row for {', '.join(missing)}")
    seen: set[S] = {start}
    waiting = [start]
    while waiting:
        for state in moves[waiting.pop()] - seen:
            seen.add(state)
            waiting.append(state)
    return set(type(start)) - seen
