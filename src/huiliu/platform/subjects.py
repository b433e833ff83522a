"""Documents that others may attach something to: a module says whose one of its documents is.

A module declares its documents in `declarations.py`: how to find the organizations whose it is, and which scope
reads it. Whoever sees the document may attach to it; whoever sees it sees what is attached.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from huiliu.kernel.refusals import DomainError, Kind
from huiliu.platform.errors import ScopeMissing

#: The paths of those whose document it is (one or two), or None when it is not there for the reader.
Resolver = Callable[[str], Sequence[str] | None]


class SubjectUnknown(DomainError):
    """Name a document that exists and that you see; `known` lists the kinds of documents."""

    code = "platform.subject_unknown"
    kind = Kind.INVALID


class Reader(Protocol):
    """Who asks."""

    @property
    def scopes(self) -> Collection[str]: ...


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of document."""

    type: str
    scope: str
    resolve: Resolver


_subjects: dict[str, Subject] = {}


def declare_subject(type: str, *, scope: str, resolve: Resolver) -> None:  # noqa: A002 - the field's standard name
    """Let things be attached to documents of a type."""
    _subjects[type] = Subject(type, scope, resolve)


def paths_of(*, actor: Reader, subject_type: str, subject_id: str) -> tuple[str, ...]:
    """Whose document it is, under the reach of the transaction. Raises: SubjectUnknown, ScopeMissing."""
    subject = _subjects.get(subject_type)
    if subject is None:
        raise SubjectUnknown(
            "Nothing is attached to documents of this type.", field="subject_type", known=sorted(_subjects)
        )
    if subject.scope not in actor.scopes:
        raise ScopeMissing("Your role does not include this action.", scope=subject.scope)
    paths = subject.resolve(subject_id)
    if not paths:
        raise SubjectUnknown("There is no such document for you.", field="subject_id")
    return tuple(paths)
