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
class FieldDefinition:
    """A field that the brand added to an entity."""

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


def check_definition(*, code: str, label: str, kind: FieldKind, choices: Sequence[Choice]) -> None:
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
    refusals.raise_if_any()


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
            if not isinstance(value, str) or len(value) > TEXT_MAX:
                raise CustomFieldInvalid(f"It is a text of at most {TEXT_MAX} characters.")
            return value.strip()
        case FieldKind.NUMBER:
            return _number(value)
        case FieldKind.DATE:
            return _day(value)
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
