"""Modules that can be switched off: their menus, API, jobs and metrics go, nothing else breaks."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from huiliu.platform import settings_store
from huiliu.platform.errors import ModuleNeeded, ModuleOff, ModuleUnknown
from huiliu.platform.settings_registry import declare
from huiliu.platform.settings_types import Option, SettingSpec, Several, Words

#: What can be switched; the rest is the spine. Value: the modules that must be on for it.
SWITCHABLE: dict[str, frozenset[str]] = {
    "credit": frozenset({"receivables"}),  # a debt is paid off by receipts
    "insights": frozenset(),
    "integrations": frozenset(),
    "receivables": frozenset(),
}
WORDS: dict[str, Words] = {
    "credit": Words("信用", "Credit"),
    "insights": Words("数据洞察", "Insights"),
    "integrations": Words("导入导出与对接", "Import, export and connections"),
    "receivables": Words("往来与收款", "Receivables"),
}
KEY = "modules.off"
declare(
    SettingSpec(
        key=KEY,
        shape=Several(tuple(Option(name, WORDS[name]) for name in sorted(SWITCHABLE))),
        default=[],
        label=Words("停用的模块", "Modules switched off"),
        help=Words("停用的模块没有菜单、接口和任务。", "A module switched off has no menus, API or jobs."),
        module="platform",
        is_hidden=True,  # modules are switched one by one, below
    )
)
_REFRESH_SECONDS = 2.0
_state: tuple[float, str, frozenset[str]] = (0.0, "", frozenset())


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """One module that can be switched; `needs` must be on for it, `needed_by` need it and are on."""

    module: str
    label: Words
    is_on: bool
    needs: tuple[str, ...]
    needed_by: tuple[str, ...]


def switched_off() -> frozenset[str]:
    """The modules that are off, read at most every two seconds."""
    global _state
    read_at, database, off = _state
    here = str(connection.settings_dict["NAME"])
    if database == here and time.monotonic() - read_at < _REFRESH_SECONDS:
        return off
    with connection.cursor() as cursor:
        cursor.execute("SELECT platform_modules_off()")
        off = frozenset(cursor.fetchone()[0] or [])
    _state = (time.monotonic(), here, off)
    return off


def forget() -> None:
    """Read again at the next question: called by the process that switches."""
    global _state
    _state = (0.0, "", frozenset())


def require_on(module: str) -> None:
    """Raises: ModuleOff."""
    if module in SWITCHABLE and module in switched_off():
        raise ModuleOff("This module is switched off.", module=module)


def list_modules() -> list[ModuleRow]:
    """Every module that can be switched, as it stands in the database."""
    off = frozenset(settings_store.stored(KEY) or ())
    return [_row(module, off) for module in sorted(SWITCHABLE)]


def _row(module: str, off: frozenset[str]) -> ModuleRow:
    return ModuleRow(
        module=module,
        label=WORDS[module],
        is_on=module not in off,
        needs=tuple(sorted(SWITCHABLE[module])),
        needed_by=tuple(sorted(one for one in SWITCHABLE if module in SWITCHABLE[one] and one not in off)),
    )


def switch(
    *, actor: settings_store.Changer, module: str, is_on: bool, reason: str, now: datetime
) -> ModuleRow:
    """Switch a module on or off; every process follows within two seconds, nothing stored is touched.

    Replay: what stands already is answered and changes nothing.
    Locks:  the list of modules that are off.
    Raises: ModuleUnknown, ModuleNeeded (facts: needs or needed_by), HeadquartersOnly, ScopeMissing.
    """
    if module not in SWITCHABLE:
        raise ModuleUnknown(
            "There is no such module to switch.", module=module[:100], known=sorted(SWITCHABLE)
        )
    settings_store.require_headquarters(actor)
    settings_store.lock(KEY)
    off = frozenset(settings_store.stored(KEY) or ())
    row = _row(module, off)
    if row.is_on == is_on:
        return row
    if not is_on and row.needed_by:
        raise ModuleNeeded("Another module needs it.", module=module, needed_by=list(row.needed_by))
    missing = sorted(SWITCHABLE[module] & off)
    if is_on and missing:
        raise ModuleNeeded("It needs another module.", module=module, needs=missing)
    off = off - {module} if is_on else off | {module}
    settings_store.store(
        actor=actor,
        key=KEY,
        value=sorted(off),
        version=None,
        reason=reason,
        now=now,
        told_as=settings_store.Told(
            action="module.switched_on" if is_on else "module.switched_off",
            subject_type="module",
            subject_id=module,
        ),
    )
    forget()
    return _row(module, off)
