"""The organization path: `000001.00000a.`, one fixed-width hex segment per level.

Compared by code point (COLLATE "C"), so a subtree is one half-open range and a b-tree answers it.
"""

from __future__ import annotations

import re
from typing import Final

SEGMENT_WIDTH: Final = 7  # six hex digits and the point
NUMBER_MAX: Final = 16**6 - 1
EVERYTHING: Final = ("", "~")
_PATH: Final = re.compile(r"(?:[0-9a-f]{6}\.)+")


def segment(number: int) -> str:
    """The segment of an organization's number: 10 is `00000a.`."""
    if not 0 < number <= NUMBER_MAX:
        raise ValueError(f"organization number {number} does not fit a path segment")
    return f"{number:06x}."


def child_path(parent: str, number: int) -> str:
    """The path of a child; the root's parent path is the empty string."""
    return parent + segment(number)


def range_of(path: str) -> tuple[str, str]:
    """`[lo, hi)` that holds the organization and everything below it; the empty path holds everything."""
    if not path:
        return EVERYTHING
    return path, path[:-1] + "/"  # '/' follows '.'


def own_range(path: str) -> tuple[str, str]:
    """`[lo, hi)` that holds only the organization itself: '!' sorts before every hex digit."""
    return path, path + "!"


def is_within(path: str, ancestor: str) -> bool:
    """Whether `path` is `ancestor` itself or lies below it."""
    return path.startswith(ancestor)


def stands_below(path: str, ancestor: str) -> bool:
    """Whether the organization that `ancestor` named stands on `path`, wherever it was moved to since: a path kept
    in a rule or an audience goes on meaning the organization in its last segment.
    """
    return ancestor[-SEGMENT_WIDTH:] in path


def depth(path: str) -> int:
    """How many levels: the root has 1."""
    return len(path) // SEGMENT_WIDTH


def ancestors(path: str) -> list[str]:
    """The paths from the root down to `path` itself, which is the last."""
    return [path[:end] for end in range(SEGMENT_WIDTH, len(path) + 1, SEGMENT_WIDTH)]


def parent_path(path: str) -> str:
    """The path one level up; of a root the empty string."""
    return path[:-SEGMENT_WIDTH]


def number_of(path: str) -> int:
    """The organization's number in the last segment."""
    return int(path[-SEGMENT_WIDTH:-1], 16)


def is_path(text: str) -> bool:
    """Whether it is a well-formed path of at least one level."""
    return _PATH.fullmatch(text) is not None
