"""Fields that a brand adds to its partners, products and orders; the values lie in the entity's own `custom`.

Modules have one door: `validate(entity, values)` on create and update. Definitions count from the next
transaction on, in every process.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection

from huiliu.platform import audit, stamps
from huiliu.platform.custom_fields_rules import (
    FIELDS_MAX,
    NO_LIMITS,
    Choice,
    FieldDefinition,
    FieldKind,
    Limits,
    check_definition,
    check_values,
)
from huiliu.platform.errors import (
    CustomFieldDefinitionInvalid,
    CustomFieldInvalid,
    CustomFieldTaken,
    CustomFieldUnknown,
    Stale,
)
from huiliu.platform.models import CustomField
from huiliu.platform.settings_store import Changer, require_headquarters
from huiliu.platform.settings_types import Words

_entities: dict[str, Words] = {}
_cache: stamps.StampedCache[str, tuple[FieldDefinition, ...]] = stamps.StampedCache(
    "custom_fields", size_max=50
)


def declare_entity(entity: str, words: Words) -> None:
    """Let a brand add fields to an entity: its module has a `custom` column and calls `validate`."""
    _entities[entity] = words


def entities() -> dict[str, Words]:
    return dict(sorted(_entities.items()))


def definitions_of(entity: str) -> tuple[FieldDefinition, ...]:
    """The fields of an entity in their order, inactive ones too. For any reach."""
    return _cache.get(entity, _load) or ()


def _load(entity: str) -> tuple[FieldDefinition, ...]:
    return tuple(_row(one) for one in CustomField.objects.filter(entity=entity).order_by("position", "id"))


def _row(row: CustomField) -> FieldDefinition:
    return FieldDefinition(
        id=row.pk,
        entity=row.entity,
        code=row.code,
        label=row.label,
        kind=FieldKind(row.kind),
        required=row.required,
        choices=tuple(Choice(one["code"], one["label"]) for one in row.choices),
        position=row.position,
        is_active=row.is_active,
        version=row.version,
        help=row.help,
        in_list=row.in_list,
        limits=Limits(**row.limits),
    )


def validate(
    entity: str, values: Mapping[str, Any], *, before: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The custom values of an entity as they are stored; `before` are the stored ones of an edit.

    Raises: CustomFieldInvalid naming `custom.<code>`, SeveralRefused.
    """
    return check_values(definitions_of(entity), values, before=before or {})


def wanted(entity: str, text: str) -> dict[str, Any]:
    """A filter `code:value` as what the `custom` column must contain; nothing for an empty text.

    Raises: CustomFieldInvalid naming `custom`.
    """
    if not text.strip():
        return {}
    code, colon, value = text.partition(":")
    known = {one.code: one for one in definitions_of(entity) if one.is_active}
    if not colon or code not in known:
        raise CustomFieldInvalid(
            "A filter is <code>:<value> of a field.", field="custom", known=sorted(known)
        )
    definition = known[code]
    sent: Any = value.strip()
    if definition.kind is FieldKind.BOOLEAN:
        sent = {"true": True, "false": False}.get(sent, sent)
    if definition.kind is FieldKind.CHOICES:
        sent = [sent]
    return check_values([definition], {code: sent}, before={})


def create_field(
    *,
    actor: Changer,
    entity: str,
    code: str,
    label: str,
    kind: FieldKind,
    required: bool,
    choices: Sequence[Choice],
    position: int,
    help: str = "",  # noqa: A002 - the form's word
    in_list: bool = False,
    limits: Limits = NO_LIMITS,
    now: datetime,
) -> FieldDefinition:
    """One more field of an entity.

    Locks:  the entity's fields.
    Raises: HeadquartersOnly, CustomFieldDefinitionInvalid, SeveralRefused, CustomFieldTaken.
    """
    require_headquarters(actor)
    if entity not in _entities:
        raise CustomFieldDefinitionInvalid(f"It is one of {', '.join(sorted(_entities))}.", field="entity")
    check_definition(code=code, label=label, kind=kind, choices=choices, limits=limits)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('custom:' || %s, 0))", [entity])
    there = set(CustomField.objects.filter(entity=entity).values_list("code", flat=True))
    if code in there:
        raise CustomFieldTaken("This code is taken.", field="code", code=code)
    if len(there) >= FIELDS_MAX:
        raise CustomFieldDefinitionInvalid(f"An entity has at most {FIELDS_MAX} fields.", field="code")
    row = CustomField(
        entity=entity,
        code=code,
        label=label.strip(),
        kind=kind.value,
        required=required,
        choices=[asdict(one) for one in choices],
        position=position,
        help=help.strip(),
        in_list=in_list,
        limits=_kept(limits),
    )
    row.save(force_insert=True)
    return _tell(row, actor=actor, action="custom_field.created", before=None, now=now)


def update_field(
    *,
    actor: Changer,
    field_id: int,
    version: int,
    label: str,
    required: bool,
    choices: Sequence[Choice],
    position: int,
    is_active: bool,
    help: str = "",  # noqa: A002 - the form's word
    in_list: bool = False,
    limits: Limits = NO_LIMITS,
    now: datetime,
) -> FieldDefinition:
    """Change a field; its code and kind stay, for values of that kind are stored under it.

    Locks:  its row.
    Raises: HeadquartersOnly, CustomFieldUnknown, Stale, CustomFieldDefinitionInvalid, SeveralRefused.
    """
    require_headquarters(actor)
    row = CustomField.objects.select_for_update(no_key=True).filter(pk=field_id).first()
    if row is None:
        raise CustomFieldUnknown("There is no such custom field.", field_id=field_id)
    if row.version != version:
        raise Stale("The field was changed meanwhile.", yours=version, current=row.version)
    check_definition(code=row.code, label=label, kind=FieldKind(row.kind), choices=choices, limits=limits)
    before = _shown(row)
    row.label, row.required, row.position, row.is_active = label.strip(), required, position, is_active
    row.choices = [asdict(one) for one in choices]
    row.help, row.in_list, row.limits = help.strip(), in_list, _kept(limits)
    if _shown(row) == before:
        return _row(row)
    row.version += 1
    row.save(force_update=True)
    return _tell(row, actor=actor, action="custom_field.updated", before=before, now=now)


def get_field(field_id: int) -> FieldDefinition:
    """Raises: CustomFieldUnknown."""
    row = CustomField.objects.filter(pk=field_id).first()
    if row is None:
        raise CustomFieldUnknown("There is no such custom field.", field_id=field_id)
    return _row(row)


def _kept(limits: Limits) -> dict[str, Any]:
    return {name: value for name, value in asdict(limits).items() if value is not None}


def _shown(row: CustomField) -> dict[str, Any]:
    return {
        "label": row.label,
        "kind": row.kind,
        "required": row.required,
        "choices": row.choices,
        "position": row.position,
        "is_active": row.is_active,
        "help": row.help,
        "in_list": row.in_list,
        "limits": row.limits,
    }


def _tell(
    row: CustomField, *, actor: Changer, action: str, before: dict[str, Any] | None, now: datetime
) -> FieldDefinition:
    stamps.forget()
    audit.record(
        actor=actor,
        action=action,
        subject_type="custom_field",
        subject_id=f"{row.entity}.{row.code}",
        owner_path=actor.organization_path,
        now=now,
        before=before,
        after=_shown(row),
    )
    return _row(row)
