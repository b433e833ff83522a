"""Custom fields as definitions and values: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from huiliu.kernel.refusals import Refusals
from huiliu.kernel.text import NumberUnreadable, parse_decimal
from huiliu.platform.errors import CustomFieldDefinitionInvalid, CustomFieldInvalid

FIELDS_MAX: Final = 50
CHOICES_MAX: Final = 200
TEXT_MAX: Final = 1000
DECIMALS_MAX: Final = 6
CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


class FieldKind(StrEnum):
    """What a custom field holds."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"  # a decimal string, as everywhere in the API
    DATE = "DATE"
    CHOICE = "CHOICE"
    CHOICES = "CHOICES"
    BOOLEAN = "BOOLEAN"


WITH_CHOICES: Final = frozenset({FieldKind.CHOICE, FieldKind.CHOICES})


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to choose from."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a value may be: numbers and days from `low` to `high`, both included; None and 0 do not narrow."""

    low: str | None = None
    high: str | None = None
    decimals: int | None = None
    length_max: int | None = None


NO_LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True)
class FieldDefinition:
    """A field that the brand added to an entity; `in_list` shows it in the entity's lists and exports."""

    id: int
    entity: str
    code: str
    label: str
    kind: FieldKind
    required: bool
    choices: tuple[Choice, ...]
    position: int
    is_active: bool
    version: int
    help: str = ""
    in_list: bool = False
    limits: Limits = NO_LIMITS


def check_definition(
    *, code: str, label: str, kind: FieldKind, choices: Sequence[Choice], limits: Limits = NO_LIMITS
) -> None:
    """Raises: CustomFieldDefinitionInvalid (facts: field), SeveralRefused."""
    refusals = Refusals()
    with refusals.collecting():
        if CODE.fullmatch(code) is None:
            raise CustomFieldDefinitionInvalid(
                "A code is 1 to 40 small letters, digits and _, a letter first.", field="code"
            )
    with refusals.collecting():
        if not label.strip():
            raise CustomFieldDefinitionInvalid("A field needs a label.", field="label")
    with refusals.collecting():
        if (kind in WITH_CHOICES) != bool(choices) or len(choices) > CHOICES_MAX:
            raise CustomFieldDefinitionInvalid(
                f"A field to choose from has 1 to {CHOICES_MAX} choices, any other has none.", field="choices"
            )
        codes = [choice.code for choice in choices]
        if len(set(codes)) != len(codes) or not all(
            one.code.strip() and one.label.strip() for one in choices
        ):
            raise CustomFieldDefinitionInvalid(
                "Every choice has a code of its own and a label.", field="choices"
            )
    with refusals.collecting():
        _check_limits(kind, limits)
    refusals.raise_if_any()


def _check_limits(kind: FieldKind, limits: Limits) -> None:
    """Raises: CustomFieldDefinitionInvalid (facts: field)."""
    fitting = {
        FieldKind.NUMBER: {"low", "high", "decimals"},
        FieldKind.DATE: {"low", "high"},
        FieldKind.TEXT: {"length_max"},
    }.get(kind, set())
    for name in ("low", "high", "decimals", "length_max"):
        if getattr(limits, name) is not None and name not in fitting:
            raise CustomFieldDefinitionInvalid(f"A field of this kind has no {name}.", field=name)
    for name in ("low", "high"):
        bound = getattr(limits, name)
        try:
            if bound is not None:
                _bound(kind, bound)
        except CustomFieldInvalid as error:
            raise CustomFieldDefinitionInvalid(str(error), field=name) from error
    if (
        limits.low is not None
        and limits.high is not None
        and _bound(kind, limits.low) > _bound(kind, limits.high)
    ):
        raise CustomFieldDefinitionInvalid("The lowest value is above the highest.", field="high")
    if limits.decimals is not None and not 0 <= limits.decimals <= DECIMALS_MAX:
        raise CustomFieldDefinitionInvalid(f"Decimals are 0 to {DECIMALS_MAX}.", field="decimals")
    if limits.length_max is not None and not 1 <= limits.length_max <= TEXT_MAX:
        raise CustomFieldDefinitionInvalid(f"A length is 1 to {TEXT_MAX}.", field="length_max")


def _bound(kind: FieldKind, text: str) -> Any:
    """A bound as what values compare with: days in their one written form do so as text."""
    return Decimal(_number(text)) if kind is FieldKind.NUMBER else _day(text)


def check_values(
    definitions: Sequence[FieldDefinition], values: Mapping[str, Any], *, before: Mapping[str, Any]
) -> dict[str, Any]:
    """The values in their stored form, by the definitions in force; empty ones are left out.

    What stood before and is sent unchanged stays, though its field or choice is gone: an edit of something
    else must not be refused for it.
    Raises: CustomFieldInvalid naming `custom.<code>`, SeveralRefused.
    """
    by_code = {definition.code: definition for definition in definitions if definition.is_active}
    refusals = Refusals()
    stored: dict[str, Any] = {}
    for code, value in values.items():
        if _is_empty(value):
            continue
        if code in before and before[code] == value:
            stored[code] = value
            continue
        with refusals.collecting(f"custom.{code[:40]}"):
            definition = by_code.get(code)
            if definition is None:
                raise CustomFieldInvalid("There is no such custom field.", known=sorted(by_code))
            stored[code] = _read(definition, value)
    for code, definition in by_code.items():
        if definition.required and _is_empty(values.get(code)):
            with refusals.collecting(f"custom.{code}"):
                raise CustomFieldInvalid(f"{definition.label} must be given.")
    refusals.raise_if_any()
    return stored


def _is_empty(value: Any) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _read(definition: FieldDefinition, value: Any) -> Any:
    """Raises: CustomFieldInvalid."""
    match definition.kind:
        case FieldKind.TEXT:
            most = definition.limits.length_max or TEXT_MAX
            if not isinstance(value, str) or len(value.strip() if len(value) <= TEXT_MAX else value) > most:
                raise CustomFieldInvalid(f"It is a text of at most {most} characters.", length_max=most)
            return value.strip()
        case FieldKind.NUMBER:
            number = _number(value)
            _check_decimals(number, definition.limits)
            return _within(definition, number)
        case FieldKind.DATE:
            return _within(definition, _day(value))
        case FieldKind.BOOLEAN:
            if not isinstance(value, bool):
                raise CustomFieldInvalid("It is either true or false.")
            return value
        case FieldKind.CHOICE:
            return _choice(definition, value)
        case FieldKind.CHOICES:
            if not isinstance(value, list):
                raise CustomFieldInvalid("It is a list of choices.")
            chosen = {_choice(definition, one) for one in value}
            return [choice.code for choice in definition.choices if choice.code in chosen]


def _number(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise CustomFieldInvalid("It is a number, written as a text such as 12.50.")
    try:
        number = parse_decimal(str(value))
    except NumberUnreadable as error:
        raise CustomFieldInvalid("It is a number, written as a text such as 12.50.") from error
    return format((number or Decimal(0)).normalize(), "f")


def _check_decimals(number: str, limits: Limits) -> None:
    given = len(number.partition(".")[2])
    if limits.decimals is not None and given > limits.decimals:
        raise CustomFieldInvalid(f"It has at most {limits.decimals} decimals.", decimals=limits.decimals)


def _within(definition: FieldDefinition, value: str) -> str:
    """Raises: CustomFieldInvalid."""
    low, high, kind = definition.limits.low, definition.limits.high, definition.kind
    if low is not None and _bound(kind, value) < _bound(kind, low):
        raise CustomFieldInvalid(f"It is at least {low}.", low=low)
    if high is not None and _bound(kind, value) > _bound(kind, high):
        raise CustomFieldInvalid(f"It is at most {high}.", high=high)
    return value


def _day(value: Any) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError) as error:
        raise CustomFieldInvalid("It is a day such as 2026-03-31.") from error


def _choice(definition: FieldDefinition, value: Any) -> str:
    codes = [choice.code for choice in definition.choices]
    if not isinstance(value, str) or value not in codes:
        raise CustomFieldInvalid("It is one of the choices.", choices=codes)
    return value
