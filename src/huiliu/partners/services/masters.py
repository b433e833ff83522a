"""Making, changing and ending a partner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from huiliu.access import services as access
from huiliu.access.types import Actor, OrganizationKind
from huiliu.kernel.states import step
from huiliu.kernel.text import normalise
from huiliu.partners import present, rules, selectors
from huiliu.partners.models import Partner
from huiliu.partners.services.checking import FIELDS, check_version, told, values
from huiliu.partners.services.intake import Intake
from huiliu.partners.types import NewPartner, PartnerDraft, PartnerRow, PartnerStatus
from huiliu.platform import audit, events, stamps
from huiliu.platform.errors import InvalidInput


def create_partner(
    *,
    actor: Actor,
    code: str,
    kind: OrganizationKind,
    parent_id: int,
    draft: PartnerDraft,
    accept_duplicates: bool = False,
    now: datetime,
) -> PartnerRow:
    """A new company of the channel below `parent_id`, with its organization.

    Raises: PartnerKindWrong, PartnerMayExist, SellerUnknown, SeveralRefused (of the fields),
            OrganizationNotVisible, OrganizationCodeTaken.
    """
    intake = Intake(actor=actor, now=now)
    new = NewPartner(code, kind, parent_id, draft, accept_duplicates=accept_duplicates)
    checked = intake.check_new(new)
    intake.take(checked)
    intake.write()
    return present.partner_row(checked.partner, actor=actor)


def update_partner(
    *, actor: Actor, partner_id: int, version: int, draft: PartnerDraft, now: datetime
) -> PartnerRow:
    """Replace what the draft holds; unchanged content is answered without a new version.

    Locks:  the partner's row.
    Raises: PartnerNotVisible, Stale, SellerUnknown, SeveralRefused (of the fields).
    """
    intake = Intake(actor=actor, now=now)
    checked = intake.check_change(partner_id=partner_id, version=version, draft=draft)
    intake.take(checked)
    intake.write()
    return present.partner_row(checked.partner, actor=actor)


def label_partner(
    *, actor: Actor, partner_id: int, tags: Sequence[str] | None, tier: str | None, now: datetime
) -> PartnerRow:
    """Tags and tier alone, None as they are; what else the master has wrong stands in nobody's way.

    Locks:  the partner's row.
    Raises: PartnerNotVisible.
    """
    partner = selectors.find_partner(partner_id, lock=True)
    before = values(partner)
    if tags is not None:
        partner.tags = sorted({tag for tag in map(normalise, tags) if tag})
    if tier is not None:
        partner.tier = normalise(tier)
    after = values(partner)
    changed = [name for name in FIELDS if before[name] != after[name]]
    if changed:
        _save(partner, now=now)
        _tell(
            partner,
            actor=actor,
            action="updated",
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            now=now,
        )
    return present.partner_row(partner, actor=actor)


def move_partner_status(
    *, actor: Actor, partner_id: int, status: PartnerStatus, reason: str, version: int, now: datetime
) -> PartnerRow:
    """Freeze, thaw or end a partner. Frozen: no orders, its users still see everything. Ended: no sign-in.

    Locks:  the partner's row.
    Raises: PartnerNotVisible, Stale, WrongState, InvalidInput (no reason).
    """
    partner = selectors.find_partner(partner_id, lock=True)
    check_version(partner, version)
    if not reason.strip():
        raise InvalidInput("Say why, for the record.", field="reason")
    before = PartnerStatus(partner.status)
    partner.status = step(rules.MOVES, before=before, after=status).value
    if status is PartnerStatus.ENDED:
        access.set_organization_active(
            actor=actor, organization_id=partner_id, is_active=False, reason=reason, now=now
        )
    _save(partner, now=now)
    _tell(
        partner,
        actor=actor,
        action="status_changed",
        before={"status": before.value},
        after={"status": status.value},
        reason=reason.strip(),
        now=now,
    )
    return present.partner_row(partner, actor=actor)


def _save(partner: Partner, *, now: datetime) -> None:
    partner.version += 1
    partner.updated_at = now
    partner.save(force_update=True)
    stamps.forget()


def _tell(partner: Partner, **what: Any) -> None:
    event, record = told(partner, **what)
    events.publish_all([event])
    audit.record_all([record])
