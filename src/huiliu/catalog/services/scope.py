"""Rules of who may buy what. Without a rule nobody may buy anything."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from huiliu.access.types import Actor
from huiliu.catalog import selectors
from huiliu.catalog.errors import BrandUnknown, ScopeRuleNotVisible, SkuUnknown
from huiliu.catalog.models import ProductBrand, ScopeRule
from huiliu.catalog.services.telling import check_version, checked_name, tell
from huiliu.catalog.types import ScopeDraft, ScopeRuleRow
from huiliu.kernel.period import Period


def create_scope_rule(*, actor: Actor, draft: ScopeDraft, now: datetime) -> ScopeRuleRow:
    """A new rule; it counts from the next quote and submit on.

    Raises: InvalidInput, PeriodEmpty, SkuUnknown, CategoryUnknown, BrandUnknown.
    """
    rule = ScopeRule(created_at=now)
    _write(rule, draft)
    rule.save(force_insert=True)
    row = selectors.scope_row(rule)
    _tell(row, actor=actor, action="created", before=None, after=asdict(row.draft), now=now)
    return row


def update_scope_rule(
    *, actor: Actor, rule_id: int, version: int, draft: ScopeDraft, now: datetime
) -> ScopeRuleRow:
    """Replace a rule.

    Locks:  its row.
    Raises: ScopeRuleNotVisible, Stale, InvalidInput, PeriodEmpty, SkuUnknown, CategoryUnknown, BrandUnknown.
    """
    rule = _lock(rule_id)
    check_version(rule.version, version)
    before = asdict(selectors.scope_row(rule).draft)
    _write(rule, draft)
    rule.version += 1
    rule.save()
    row = selectors.scope_row(rule)
    _tell(row, actor=actor, action="updated", before=before, after=asdict(row.draft), now=now)
    return row


def remove_scope_rule(*, actor: Actor, rule_id: int, now: datetime) -> None:
    """Take a rule away; the audit trail keeps what it said. Locks: its row. Raises: ScopeRuleNotVisible."""
    rule = _lock(rule_id)
    row = selectors.scope_row(rule)
    rule.delete()
    _tell(row, actor=actor, action="removed", before=asdict(row.draft), after=None, now=now)


def _lock(rule_id: int) -> ScopeRule:
    rule = ScopeRule.objects.select_for_update().filter(pk=rule_id).first()
    if rule is None:
        raise ScopeRuleNotVisible("There is no such rule.", rule_id=rule_id)
    return rule


def _write(rule: ScopeRule, draft: ScopeDraft) -> None:
    """Every sku, category and brand must be known: a rule that names nothing would mean "any"."""
    Period(draft.valid_from, draft.valid_to)
    selectors.scope_facts(draft)
    known = selectors.sku_facts(draft.sku_ids)
    if missing := sorted(set(draft.sku_ids) - known.keys()):
        raise SkuUnknown("There are no such goods.", field="sku_ids", sku_id=missing[0])
    brands = set(ProductBrand.objects.filter(pk__in=draft.brand_ids).values_list("pk", flat=True))
    if unknown := sorted(set(draft.brand_ids) - brands):
        raise BrandUnknown("There is no such brand.", field="brand_ids", brand_id=unknown[0])
    for name, value in asdict(draft).items():
        setattr(rule, name, sorted(set(value)) if isinstance(value, tuple) else value)
    rule.name = checked_name(draft.name)


def _tell(
    row: ScopeRuleRow,
    *,
    actor: Actor,
    action: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    now: datetime,
) -> None:
    tell(
        actor=actor,
        subject="scope_rule",
        subject_id=row.id,
        action=action,
        before=_plain(before),
        after=_plain(after),
        now=now,
    )


def _plain(values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
