"""What a setting may hold: pure. A module declares its settings with these; the registry keeps them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huiliu.platform.errors import SettingInvalid


@dataclass(frozen=True, slots=True)
class Words:
    """A label in the languages of the house."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Option:
    """One of the values to choose from."""

    code: str
    words: Words


class Shape:
    """A sort of value: reads what was sent or refuses it, and describes itself to a form."""

    kind = ""

    def read(self, value: Any, *, at: str) -> Any:
        """The value as it is stored. Raises: SettingInvalid naming `at`."""
        raise NotImplementedError

    def limits(self) -> dict[str, Any]:
        """What a form must know beside the kind."""
        return {}


@dataclass(frozen=True, slots=True)
class Switch(Shape):
    """Yes or no."""

    kind = "switch"

    def read(self, value: Any, *, at: str) -> bool:
        if not isinstance(value, bool):
            raise SettingInvalid("It is either true or false.", field=at)
        return value


@dataclass(frozen=True, slots=True)
class Whole(Shape):
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int
    kind = "whole"

    def read(self, value: Any, *, at: str) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not self.low <= value <= self.high:
            raise SettingInvalid(f"It is a whole number from {self.low} to {self.high}.", field=at)
        return value

    def limits(self) -> dict[str, Any]:
        return {"low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Text(Shape):
    """A text that matches `pattern` as a whole."""

    pattern: str
    because: str
    kind = "text"

    def read(self, value: Any, *, at: str) -> str:
        if not isinstance(value, str) or re.fullmatch(self.pattern, value) is None:
            raise SettingInvalid(self.because, field=at)
        return value

    def limits(self) -> dict[str, Any]:
        return {"pattern": self.pattern}


@dataclass(frozen=True, slots=True)
class OneOf(Shape):
    """One of the options."""

    options: tuple[Option, ...]
    kind = "one_of"

    def read(self, value: Any, *, at: str) -> str:
        if not isinstance(value, str) or value not in {option.code for option in self.options}:
            raise SettingInvalid(f"It is one of {', '.join(one.code for one in self.options)}.", field=at)
        return value

    def limits(self) -> dict[str, Any]:
        return {"options": _shown(self.options)}


@dataclass(frozen=True, slots=True)
class Several(Shape):
    """Some of the options, in their order, none twice; `allowed` names the combinations when not all are."""

    options: tuple[Option, ...]
    allowed: frozenset[frozenset[str]] | None = None
    kind = "several"

    def read(self, value: Any, *, at: str) -> list[str]:
        known = [option.code for option in self.options]
        if not isinstance(value, list) or any(not isinstance(one, str) for one in value):
            raise SettingInvalid("It is a list of codes.", field=at)
        for position, one in enumerate(value):
            if one not in known:
                raise SettingInvalid(f"It is one of {', '.join(known)}.", field=f"{at}.{position}")
        if len(set(value)) != len(value):
            raise SettingInvalid("A code stands there twice.", field=at)
        if self.allowed is not None and frozenset(value) not in self.allowed:
            raise SettingInvalid("These do not go together.", field=at, allowed=_combinations(self.allowed))
        return sorted(value, key=known.index)

    def limits(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"options": _shown(self.options)}
        if self.allowed is not None:
            shown["allowed"] = _combinations(self.allowed)
        return shown


@dataclass(frozen=True, slots=True)
class Part:
    """One named part of a record."""

    name: str
    words: Words
    shape: Shape


@dataclass(frozen=True, slots=True)
class Record(Shape):
    """Named parts, all of them given."""

    parts: tuple[Part, ...]
    kind = "record"

    def read(self, value: Any, *, at: str) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise SettingInvalid("It is an object with named parts.", field=at)
        names = [part.name for part in self.parts]
        for name in value:
            if name not in names:
                raise SettingInvalid(f"The parts are {', '.join(names)}.", field=f"{at}.{str(name)[:40]}")
        for name in names:
            if name not in value:
                raise SettingInvalid("This part is missing.", field=f"{at}.{name}")
        return {part.name: part.shape.read(value[part.name], at=f"{at}.{part.name}") for part in self.parts}

    def limits(self) -> dict[str, Any]:
        return {
            "parts": [
                {
                    "name": part.name,
                    "label_zh": part.words.zh,
                    "label_en": part.words.en,
                    "kind": part.shape.kind,
                    **part.shape.limits(),
                }
                for part in self.parts
            ]
        }


def _shown(options: tuple[Option, ...]) -> list[dict[str, str]]:
    return [
        {"code": option.code, "label_zh": option.words.zh, "label_en": option.words.en} for option in options
    ]


def _combinations(allowed: frozenset[frozenset[str]]) -> list[list[str]]:
    return sorted(sorted(one) for one in allowed)


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """A setting as its module declares it.

    `scope` is what its changer must have; `per_seller` allows a value of one seller under `<key>.<id>`,
    which counts before the brand's. `is_hidden` ones have a door of their own.
    """

    key: str
    shape: Shape
    default: Any
    label: Words
    help: Words
    module: str
    scope: str = "settings:write"
    per_seller: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class SettingValue:
    """A setting as it stands: version 0 is the default, never changed."""

    key: str
    spec: SettingSpec
    value: Any
    version: int
    updated_at: Any = None
    updated_by: int | None = None
    seller_id: int | None = None
    inherited: Any = field(default=None)  # what would count without this value
