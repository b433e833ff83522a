"""Which entities can be imported. Modules above this one register theirs when they start."""

from __future__ import annotations

from huiliu.integrations.errors import EntityUnknown
from huiliu.integrations.importing.mapping import entity_mapping
from huiliu.integrations.importing.types import Entity

_entities: dict[str, Entity] = {}


def register(entity: Entity) -> Entity:
    """Offer an entity; once more is nothing new. Raises: EntityUnknown without a mapping file, ValueError for another of the name."""
    entity_mapping(entity.name)
    known = _entities.get(entity.name)
    if known not in (None, entity):
        raise ValueError(f"{entity.name} is registered already")
    _entities[entity.name] = entity
    return entity


def entities() -> dict[str, Entity]:
    """All that can be imported, by name."""
    return dict(sorted(_entities.items()))


def entity_of(name: str) -> Entity:
    """Raises: EntityUnknown."""
    found = _entities.get(name)
    if found is None:
        raise EntityUnknown(f"{name[:40]} cannot be imported.", entities=sorted(_entities))
    return found
