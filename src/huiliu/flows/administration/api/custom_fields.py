"""The fields that the brand adds to partners, products and orders."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ninja import Query

from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.flows.administration import schemas as shapes
from huiliu.kernel.refusals import SeveralRefused
from huiliu.platform import custom_fields, errors
from huiliu.platform.custom_fields_rules import Choice, Limits

router = EdgeRouter(tag="custom fields", module="platform")
WRITES = [errors.HeadquartersOnly, errors.CustomFieldDefinitionInvalid, SeveralRefused]


@router.get("/custom-fields", scope="session:use", response=list[shapes.CustomFieldOut])
def list_custom_fields(request: ActorRequest, query: Query[shapes.CustomFieldQuery]) -> Any:  # noqa: ARG001 - the edge's shape
    """The fields of every entity, or of one, in their order; forms draw themselves from it."""
    entities = [query.entity] if query.entity else list(custom_fields.entities())
    return [
        asdict(field)
        for entity in entities
        for field in custom_fields.definitions_of(entity)
        if field.is_active or not query.active_only
    ]


@router.get("/custom-fields/entities", scope="session:use", response=list[shapes.CustomEntityOut])
def list_custom_entities(request: ActorRequest) -> Any:  # noqa: ARG001 - the edge's shape
    """What fields can be added to."""
    return [
        {"entity": entity, "label_zh": words.zh, "label_en": words.en}
        for entity, words in custom_fields.entities().items()
    ]


@router.get(
    "/custom-fields/{field_id}",
    scope="session:use",
    response=shapes.CustomFieldOut,
    errors=[errors.CustomFieldUnknown],
)
def get_custom_field(request: ActorRequest, field_id: shapes.Id) -> Any:  # noqa: ARG001 - the edge's shape
    """One field."""
    return asdict(custom_fields.get_field(field_id))


@router.post(
    "/custom-fields",
    scope="settings:write",
    response=shapes.CustomFieldOut,
    status=201,
    errors=[*WRITES, errors.CustomFieldTaken],
)
def create_custom_field(request: ActorRequest, body: shapes.NewCustomFieldIn) -> Any:
    """One more field; it counts from the next request on."""
    return asdict(
        custom_fields.create_field(
            actor=request.actor,
            entity=body.entity,
            code=body.code,
            label=body.label,
            kind=body.kind,
            required=body.required,
            choices=[Choice(one.code, one.label) for one in body.choices],
            position=body.position,
            help=body.help,
            in_list=body.in_list,
            limits=Limits(**body.limits.dict()),
            now=request.now,
        )
    )


@router.put(
    "/custom-fields/{field_id}",
    scope="settings:write",
    response=shapes.CustomFieldOut,
    errors=[*WRITES, errors.CustomFieldUnknown],
)
def update_custom_field(request: ActorRequest, field_id: shapes.Id, body: shapes.CustomFieldIn) -> Any:
    """Change a field or switch it off; its code and kind stay, values written stay."""
    return asdict(
        custom_fields.update_field(
            actor=request.actor,
            field_id=field_id,
            version=body.version,
            label=body.label,
            required=body.required,
            choices=[Choice(one.code, one.label) for one in body.choices],
            position=body.position,
            is_active=body.is_active,
            help=body.help,
            in_list=body.in_list,
            limits=Limits(**body.limits.dict()),
            now=request.now,
        )
    )
