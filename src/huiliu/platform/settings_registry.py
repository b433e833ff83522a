"""Which settings exist: each module declares its own in `declarations.py`, loaded when Django starts."""

from __future__ import annotations

import re

from huiliu.platform.errors import SettingUnknown
from huiliu.platform.settings_types import (
    OneOf,
    Option,
    Part,
    Record,
    SettingSpec,
    Shape,
    Text,
    Whole,
    Words,
)

_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_specs: dict[str, SettingSpec] = {}


def declare(spec: SettingSpec) -> SettingSpec:
    """Make a setting known; its default must pass its own check.

    Raises: ValueError for a key that is malformed or declared differently before.
    """
    if _KEY.fullmatch(spec.key) is None:
        raise ValueError(f"{spec.key!r} is no key of a setting.")
    if spec.shape.read(spec.default, at="default") != spec.default:
        raise ValueError(f"The default of {spec.key} is not in its stored form.")
    if _specs.setdefault(spec.key, spec) != spec:
        raise ValueError(f"{spec.key} is declared twice.")
    return spec


def declared() -> list[SettingSpec]:
    """Every setting that may be shown, by key."""
    return [_specs[key] for key in sorted(_specs) if not _specs[key].is_hidden]


def find(key: str) -> tuple[SettingSpec, int | None]:
    """The declaration behind a stored key and the seller it is for, if for one.

    Raises: SettingUnknown.
    """
    if key in _specs:
        return _specs[key], None
    head, _, tail = key.rpartition(".")
    spec = _specs.get(head)
    if spec is not None and spec.per_seller and re.fullmatch(r"[1-9][0-9]{0,15}", tail):
        return spec, int(tail)
    raise SettingUnknown("There is no such setting.", key=key[:100])


def numbering(*, type: str, prefix: str, label: Words, module: str) -> SettingSpec:  # noqa: A002 - the document's type
    """Declare how the documents of one type are numbered; sql/numbering.sql reads the value."""
    reset: Shape = OneOf(
        (
            Option("DAY", Words("每天", "every day")),
            Option("MONTH", Words("每月", "every month")),
            Option("YEAR", Words("每年", "every year")),
        )
    )
    return declare(
        SettingSpec(
            key=f"numbering.{type}",
            shape=Record(
                (
                    Part(
                        "prefix",
                        Words("前缀", "Prefix"),
                        Text(r"[A-Z]{1,6}", "A prefix is 1 to 6 capital letters."),
                    ),
                    Part("digits", Words("流水号位数", "Digits"), Whole(3, 10)),
                    Part("reset", Words("重新计数", "Restarts"), reset),
                )
            ),
            default={"prefix": prefix, "digits": 4, "reset": "DAY"},
            label=label,
            help=Words(
                "新单据从下一张起按新格式编号；已有编号不变。允许断号，不会重号。",
                "The next new document uses it; numbers given stay. Gaps may occur, doubles never.",
            ),
            module=module,
        )
    )
