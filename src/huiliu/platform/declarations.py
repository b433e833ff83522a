"""How files, own fields, settings and modules are called where only their ids are known."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, TextField, Value
from django.db.models.functions import Concat

from huiliu.platform import modules
from huiliu.platform.errors import SettingUnknown
from huiliu.platform.models import CustomField, File, Setting
from huiliu.platform.settings_registry import declared, find
from huiliu.platform.settings_types import SettingSpec, Words
from huiliu.platform.subject_names import (
    FOUND_MAX,
    ByCode,
    ByColumn,
    declare_names,
    declare_words,
    subject_names,
    subjects_named,
)


class _Fields:
    """A field is known as `entity.code` and called by its label."""

    _key = Concat(F("entity"), Value("."), F("code"), output_field=TextField())

    def names(self, ids: Collection[str]) -> dict[str, str]:
        found = CustomField.objects.annotate(key=self._key).filter(key__in=ids)
        return dict(found.values_list("key", "label"))

    def ids(self, name: str) -> list[str]:
        found = CustomField.objects.annotate(key=self._key).filter(label=name).order_by("pk")
        return list(found.values_list("key", flat=True)[:FOUND_MAX])


class _Settings:
    """Each has its label, also when it is for one seller."""

    def words(self, ids: Collection[str]) -> dict[str, Words]:
        return {key: found[0].label for key in ids if (found := _spec(key))}

    def ids(self, name: str) -> list[str]:
        keys = [spec.key for spec in declared() if name in (spec.label.zh, spec.label.en)]
        return keys + [stored for stored, key, _ in _for_sellers() if key in keys]


class _SellersOfSettings:
    """A setting for one seller is known by that one's name besides."""

    def names(self, ids: Collection[str]) -> dict[str, str]:
        sellers = {key: str(found[1]) for key in ids if (found := _spec(key)) and found[1] is not None}
        called = subject_names(("organization", seller) for seller in sellers.values())
        return {
            key: called["organization", one]
            for key, one in sellers.items()
            if ("organization", one) in called
        }

    def ids(self, name: str) -> list[str]:
        sellers = subjects_named(name, type="organization").get("organization", [])
        return [stored for stored, _, seller in _for_sellers() if seller in sellers] if sellers else []


def _spec(key: str) -> tuple[SettingSpec, int | None] | None:
    try:
        return find(key)
    except SettingUnknown:
        return None  # of a module that is no longer there


def _for_sellers() -> list[tuple[str, str, str]]:
    """Shape: (stored key, key, seller's id) of the settings that a seller has for itself."""
    stored = Setting.objects.order_by("key").values_list("key", flat=True)
    found = ((key, _spec(key)) for key in stored)
    return [(key, one[0].key, str(one[1])) for key, one in found if one and one[1] is not None]


declare_names("file", of=ByColumn(File, "name"))
declare_names("custom_field", of=_Fields(), key=str)
declare_names("setting", of=_SellersOfSettings(), key=str)
declare_words("setting", of=_Settings())
declare_words("module", of=ByCode(lambda: modules.WORDS))
