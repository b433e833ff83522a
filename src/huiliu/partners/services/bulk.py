"""One change for many partners: each is changed or told why not, none stands in the way of another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huiliu.access.types import Actor
from huiliu.kernel.refusals import DomainError
from huiliu.kernel.text import normalise
from huiliu.partners import selectors
from huiliu.partners.errors import NothingToChange
from huiliu.partners.models import Partner
from huiliu.partners.services.masters import label_partner, move_partner_status
from huiliu.partners.types import BulkChange, BulkOutcome, PartnerStatus
from huiliu.platform.errors import InvalidInput


def change_partners(
    *, actor: Actor, partner_ids: Sequence[int], change: BulkChange, now: datetime
) -> list[BulkOutcome]:
    """Tags, tier and state of the partners named, in their order; what stands already is not written again.

    Locks:  the partners' rows, in the order of their ids, until commit.
    Replay: a second time nothing changes.
    Raises: NothingToChange, InvalidInput (a state without its reason). What one partner refuses stands in its outcome.
    """
    if not (change.add_tags or change.remove_tags or change.tier is not None or change.status):
        raise NothingToChange("Choose what to change.")
    if change.status and not change.reason.strip():
        raise InvalidInput("Say why, for the record.", field="reason")
    outcomes = {
        partner_id: _change(partner_id, change, actor=actor, now=now)
        for partner_id in sorted(set(partner_ids))
    }
    return [outcomes[partner_id] for partner_id in dict.fromkeys(partner_ids)]


def _change(partner_id: int, change: BulkChange, *, actor: Actor, now: datetime) -> BulkOutcome:
    name = ""
    try:
        with transaction.atomic():
            partner = selectors.find_partner(partner_id, lock=True)
            name, before = partner.name, partner.version
            after = _write(partner, change, actor=actor, now=now)
    except DomainError as refusal:
        return BulkOutcome(partner_id, name, changed=False, code=refusal.code, detail=str(refusal))
    return BulkOutcome(partner_id, name, changed=after != before)


def _write(partner: Partner, change: BulkChange, *, actor: Actor, now: datetime) -> int:
    """The partner's version afterwards."""
    removed = {normalise(tag) for tag in change.remove_tags}
    tags = [tag for tag in partner.tags if tag not in removed] + list(change.add_tags)
    version = label_partner(actor=actor, partner_id=partner.pk, tags=tags, tier=change.tier, now=now).version
    if change.status and PartnerStatus(partner.status) is not change.status:
        version = move_partner_status(
            actor=actor,
            partner_id=partner.pk,
            status=change.status,
            reason=change.reason,
            version=version,
            now=now,
        ).version
    return version
