"""The brand's settings: read through a process cache that is never stale, changed with version and audit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import orjson
from django.db import connection

from huiliu.platform import audit, settings_registry, stamps
from huiliu.platform.database import Reach
from huiliu.platform.errors import HeadquartersOnly, ScopeMissing, SettingUnknown, Stale
from huiliu.platform.models import Setting
from huiliu.platform.settings_types import SettingSpec, SettingValue

_ABSENT = object()
_cache: stamps.StampedCache[str, Any] = stamps.StampedCache("settings", size_max=10_000)


class Changer(audit.Who, Protocol):
    """What a change needs to know of an actor."""

    @property
    def organization_path(self) -> str: ...
    @property
    def scopes(self) -> Collection[str]: ...
    @property
    def reach(self) -> Reach: ...


@dataclass(frozen=True, slots=True)
class Told:
    """How the audit trail names a change that is more than a setting's."""

    action: str
    subject_type: str
    subject_id: str


def value_of(spec: SettingSpec, *, seller_id: int | None = None) -> Any:
    """What counts now: the seller's own value, else the brand's, else the default. For any reach."""
    keys = [f"{spec.key}.{seller_id}"] if spec.per_seller and seller_id is not None else []
    for key in [*keys, spec.key]:
        found = _cache.get(key, lambda key=key: _load(key))  # type: ignore[misc]
        if found is not _ABSENT:
            return found
    return spec.default


def _load(key: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT platform_setting_value(%s)::text", [key])
        text = cursor.fetchone()[0]
    return _ABSENT if text is None else orjson.loads(text)


def list_settings() -> list[SettingValue]:
    """Every declared setting with its value, and the values of single sellers; by key."""
    rows = {row.key: row for row in Setting.objects.all()}
    shown = [_shown(spec.key, rows.get(spec.key)) for spec in settings_registry.declared()]
    for key in sorted(rows):
        try:
            spec, seller_id = settings_registry.find(key)
        except SettingUnknown:
            continue  # of a module that is no longer there
        if seller_id is not None and not spec.is_hidden:
            shown.append(_shown(key, rows[key]))
    return sorted(shown, key=lambda one: (one.spec.key, one.seller_id or 0))


def get_setting(key: str) -> SettingValue:
    """Raises: SettingUnknown."""
    spec, _ = settings_registry.find(key)
    if spec.is_hidden:
        raise SettingUnknown("There is no such setting.", key=key)
    return _shown(key, Setting.objects.filter(pk=key).first())


def put_setting(
    *, actor: Changer, key: str, value: Any, version: int, reason: str, now: datetime
) -> SettingValue:
    """Change a setting; it counts from the next transaction on, in every process.

    Replay: the value that stands already is answered without a new version.
    Locks:  the setting's row, or its key while there is none.
    Raises: SettingUnknown, HeadquartersOnly, ScopeMissing, SettingInvalid, Stale.
    """
    spec, _ = settings_registry.find(key)
    if spec.is_hidden:
        raise SettingUnknown("There is no such setting.", key=key)
    return store(actor=actor, key=key, value=value, version=version, reason=reason, now=now)


def lock(key: str) -> None:
    """One change of a setting at a time, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('setting:' || %s, 0))", [key])


def stored(key: str) -> Any:
    """The value as it stands in the database, past the cache; None without one. Staff only."""
    return Setting.objects.filter(pk=key).values_list("value", flat=True).first()


def store(
    *,
    actor: Changer,
    key: str,
    value: Any,
    version: int | None,
    reason: str,
    now: datetime,
    told_as: Told | None = None,
) -> SettingValue:
    """As `put_setting`, hidden settings too; without `version` whatever stands is replaced."""
    spec, seller_id = settings_registry.find(key)
    require_headquarters(actor)
    if spec.scope not in actor.scopes:
        raise ScopeMissing("Your role does not include this action.", scope=spec.scope)
    wanted = spec.shape.read(value, at="value")
    lock(key)
    row = Setting.objects.select_for_update(no_key=True).filter(pk=key).first()
    current = row.version if row else 0
    if version is not None and version != current:
        raise Stale("The setting was changed meanwhile.", yours=version, current=current)
    before = row.value if row else value_of(spec, seller_id=seller_id)
    if before == wanted:
        return _shown(key, row)
    if row is None:
        row = Setting(key=key, version=0)
    row.value, row.version, row.updated_at, row.updated_by = wanted, current + 1, now, actor.user_id
    row.save(force_insert=current == 0, force_update=current > 0)
    stamps.forget()
    told = told_as or Told("setting.changed", "setting", key)
    audit.record(
        actor=actor,
        action=told.action,
        subject_type=told.subject_type,
        subject_id=told.subject_id,
        owner_path=actor.organization_path,
        now=now,
        reason=reason,
        before={"value": before},
        after={"value": wanted},
    )
    return _shown(key, row)


def require_headquarters(actor: Changer) -> None:
    """What counts for the whole brand is changed by headquarters, not by a branch. Raises: HeadquartersOnly."""
    if not actor.reach.everything:
        raise HeadquartersOnly("Only headquarters changes what counts for the whole brand.")


def _shown(key: str, row: Setting | None) -> SettingValue:
    spec, seller_id = settings_registry.find(key)
    inherited = spec.default if seller_id is None else value_of(spec)
    if row is None:
        return SettingValue(key, spec, inherited, 0, seller_id=seller_id, inherited=inherited)
    return SettingValue(
        key=key,
        spec=spec,
        value=row.value,
        version=row.version,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
        seller_id=seller_id,
        inherited=inherited,
    )
