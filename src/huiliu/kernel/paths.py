"""Organization paths: fixed-width hex per level (`000001.00000a.`), so that a subtree is a text range."""

from __future__ import annotations

WIDTH = 6


def segment(number: int) -> str:
    """One level of a path; raises ValueError beyond six hex digits."""
    if not 0 < number < 16**WIDTH:
        raise ValueError(f"organization number {number} does not fit a path segment")
    return f"{number:0{WIDTH}x}."


def child_path(parent: str, number: int) -> str:
    return parent + segment(number)


def range_of(path: str) -> tuple[str, str]:
    """The half-open range of the organization and everything below it."""
    return path, path[:-1] + "/"


def own_range(path: str) -> tuple[str, str]:
    """The half-open range of the organization alone."""
    return path, path + "!"


def is_within(path: str, ancestor: str) -> bool:
    return path.startswith(ancestor)


def ancestors(path: str) -> list[str]:
    """The paths from the root down to `path` itself."""
    step = WIDTH + 1
    return [path[:end] for end in range(step, len(path) + 1, step)]


def depth(path: str) -> int:
    return len(path) // (WIDTH + 1)
