"""Columns of the fields that the brand added to an entity: an import reads them as soon as they are defined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from huiliu.integrations.importing.mapping import EntityMapping, Field, entity_mapping
from huiliu.integrations.importing.rows import Cleared, ImportRow
from huiliu.platform import custom_fields
from huiliu.platform.custom_fields_rules import FieldDefinition, FieldKind

#: Imports whose rows carry such fields, with the entity that the fields are of.
OF: Final = {"partners": "partner", "skus": "product", "orders": "order"}
PREFIX: Final = "custom_"
_KINDS: Final = {
    FieldKind.TEXT: "text",
    FieldKind.NUMBER: "decimal",
    FieldKind.DATE: "date",
    FieldKind.BOOLEAN: "boolean",
    FieldKind.CHOICE: "choice",
    FieldKind.CHOICES: "list",
}


def mapping_in_force(entity: str) -> EntityMapping:
    """The fields of an entity with those that the brand added. Raises: EntityUnknown."""
    mapping = entity_mapping(entity)
    own = tuple(_field(one) for one in _definitions(entity))
    return replace(mapping, fields=(*mapping.fields, *own)) if own else mapping


def values_of(row: ImportRow, entity: str, current: Mapping[str, Any]) -> dict[str, Any]:
    """What the row says over the values that stand; a cell that clears takes its value away."""
    values = dict(current)
    for one in _definitions(entity):
        if not row.has(PREFIX + one.code):
            continue
        value = row.values[PREFIX + one.code]
        if isinstance(value, Cleared):
            values.pop(one.code, None)
        else:
            values[one.code] = _stored(one, value)
    return values


def cells_of(entity: str) -> dict[str, str]:
    """The names by which refusals speak of these fields → the columns they came from."""
    return {f"custom.{one.code}": PREFIX + one.code for one in _definitions(entity)}


def _definitions(entity: str) -> list[FieldDefinition]:
    if entity not in OF:
        return []
    return [one for one in custom_fields.definitions_of(OF[entity]) if one.is_active]


def _field(one: FieldDefinition) -> Field:
    return Field(
        name=PREFIX + one.code,
        kind=_KINDS[one.kind],
        zh=one.label,
        en=one.label,
        synonyms=(one.code,),
        choices={choice.code: (choice.label,) for choice in one.choices}
        if one.kind is FieldKind.CHOICE
        else {},
        note_zh=one.help,
        note_en=one.help,
    )


def _stored(one: FieldDefinition, value: Any) -> Any:
    """A cell's value as the API takes it; the labels of several choices are their codes again."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    if one.kind is FieldKind.CHOICES:
        codes = {choice.label: choice.code for choice in one.choices}
        return [codes.get(word, word) for word in value]
    return value
