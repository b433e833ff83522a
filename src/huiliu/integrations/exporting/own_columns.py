"""Columns of the fields that the brand added and wants in lists: exports have them as soon as they are defined."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from huiliu.kernel.columns import Column, ColumnKind
from huiliu.platform import custom_fields
from huiliu.platform.custom_fields_rules import FieldDefinition, FieldKind

_KINDS = {FieldKind.NUMBER: ColumnKind.NUMBER, FieldKind.DATE: ColumnKind.DATE}


def own_columns(entity: str) -> tuple[Column, ...]:
    """One column a field, in the order of the form."""
    return tuple(
        Column(f"custom.{one.code}", one.label, one.label, _KINDS.get(one.kind, ColumnKind.TEXT))
        for one in _definitions(entity)
    )


def own_cells(entity: str, values: Mapping[str, Any]) -> list[Any]:
    """The values of one row for these columns, choices by their labels."""
    return [_shown(one, values.get(one.code)) for one in _definitions(entity)]


def _definitions(entity: str) -> list[FieldDefinition]:
    return [one for one in custom_fields.definitions_of(entity) if one.is_active and one.in_list]


def _shown(one: FieldDefinition, value: Any) -> Any:
    labels = {choice.code: choice.label for choice in one.choices}
    if isinstance(value, str) and one.kind is FieldKind.NUMBER:
        return Decimal(value)
    if isinstance(value, str) and one.kind is FieldKind.DATE:
        return date.fromisoformat(value)
    if isinstance(value, list):
        return "、".join(labels.get(code, str(code)) for code in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return labels.get(value, value) if isinstance(value, str) else value
