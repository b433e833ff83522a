"""The brand's settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiliu.access import selectors as access
from huiliu.access.edge import ActorRequest, EdgeRouter
from huiliu.access.types import Actor
from huiliu.flows.administration import schemas as shapes
from huiliu.platform import errors, settings_store
from huiliu.platform.settings_types import SettingValue

router = EdgeRouter(tag="settings", module="platform")


def _shown(setting: SettingValue, *, actor: Actor) -> dict[str, Any]:
    return _all_shown([setting], actor=actor)[0]


def _all_shown(settings: Sequence[SettingValue], *, actor: Actor) -> list[dict[str, Any]]:
    names = access.user_names({one.updated_by for one in settings if one.updated_by is not None})
    return [_one(setting, names, actor=actor) for setting in settings]


def _one(setting: SettingValue, names: Mapping[int, str], *, actor: Actor) -> dict[str, Any]:
    spec = setting.spec
    return {
        "key": setting.key,
        "module": spec.module,
        "kind": spec.shape.kind,
        "label_zh": spec.label.zh,
        "label_en": spec.label.en,
        "help_zh": spec.help.zh,
        "help_en": spec.help.en,
        "limits": spec.shape.limits(),
        "value": setting.value,
        "default": spec.default,
        "inherited": setting.inherited,
        "per_seller": spec.per_seller,
        "seller_id": setting.seller_id,
        "scope": spec.scope,
        "may_change": spec.scope in actor.scopes and actor.reach.everything,
        "version": setting.version,
        "updated_at": setting.updated_at,
        "updated_by": setting.updated_by,
        "updated_by_name": names.get(setting.updated_by or 0, ""),
    }


@router.get("/settings", scope="settings:read", response=list[shapes.SettingOut])
def list_settings(request: ActorRequest) -> Any:
    """Every setting that a module declares, by key; values of single sellers behind the brand's."""
    return _all_shown(settings_store.list_settings(), actor=request.actor)


@router.get(
    "/settings/{key}", scope="settings:read", response=shapes.SettingOut, errors=[errors.SettingUnknown]
)
def get_setting(request: ActorRequest, key: shapes.SettingKey) -> Any:
    """One setting; `<key>.<seller id>` is the value of one seller."""
    return _shown(settings_store.get_setting(key), actor=request.actor)


@router.put(
    "/settings/{key}",
    scope="settings:write",
    response=shapes.SettingOut,
    errors=[
        errors.SettingUnknown,
        errors.SettingInvalid,
        errors.HeadquartersOnly,
        errors.Stale,
        errors.VersionMissing,
    ],
)
def put_setting(request: ActorRequest, key: shapes.SettingKey, body: shapes.SettingIn) -> Any:
    """Change a setting; it counts from the next request on."""
    if body.version is None:
        raise errors.VersionMissing("Say which version you read.", field="version")
    changed = settings_store.put_setting(
        actor=request.actor,
        key=key,
        value=body.value,
        version=body.version,
        reason=body.reason,
        now=request.now,
    )
    return _shown(changed, actor=request.actor)
