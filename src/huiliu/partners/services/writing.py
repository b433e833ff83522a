"""What an intake of partners writes: a few statements however many they are."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from huiliu.access import services as access
from huiliu.access.types import Actor, NewOrganization, OrganizationKind, OrganizationRef
from huiliu.kernel.period import business_date
from huiliu.partners.models import Address, Contact, Partner
from huiliu.partners.services import checking
from huiliu.partners.services.people import record_of
from huiliu.platform import audit, events, stamps
from huiliu.platform.models import AuditRecord

_PARTNER_COLUMNS: Final = [
    *(name.removesuffix("_id") for name in checking.FIELDS),
    "sort_key",
    "search_text",
    "version",
    "updated_at",
]
_CONTACT_COLUMNS: Final = ["name", "title", "phone", "email", "is_primary"]


@dataclass(slots=True)
class People:
    """A partner's contacts and addresses in the order in which they are shown."""

    contacts: list[Contact] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)

    def copy(self) -> People:
        """Rows of their own, that may be changed."""
        return People(list(map(copy.copy, self.contacts)), list(map(copy.copy, self.addresses)))


@dataclass(slots=True)
class Step:
    """A partner as it will be, found right; `before` is None for a new one, whose id is negative until it is written."""

    id: int
    partner: Partner
    people: People
    before: dict[str, Any] | None
    changed: tuple[str, ...] = ()
    parent: OrganizationRef | None = None
    kept: list[tuple[Contact | Address, str]] = field(default_factory=list)  # with what is told of them
    yielding: list[Contact | Address] = field(default_factory=list)  # that are no longer the first

    @property
    def is_changed(self) -> bool:
        """Whether writing it would change anything."""
        return self.before is None or bool(self.changed or self.kept)

    def keep(self, row: Contact | Address, action: str) -> None:
        """One of its people to write; of them one is the first."""
        self.kept.append((row, action))
        flag, rows = (
            ("is_primary", self.people.contacts)
            if isinstance(row, Contact)
            else (
                "is_default",
                self.people.addresses,
            )
        )
        for other in rows if getattr(row, flag) else ():
            if other is not row and getattr(other, flag):
                setattr(other, flag, False)
                self.yielding.append(other)


def write_steps(steps: Sequence[Step], *, actor: Actor, now: datetime) -> None:
    """Organizations, partners, their people; then what happened, in the order of the steps.

    Raises: OrganizationCodeTaken, OrganizationNotVisible.
    """
    made = _write_organizations(steps, actor=actor, now=now)
    for step in steps:
        seller_id = step.partner.default_seller_id
        step.partner.default_seller_id = made.get(seller_id, seller_id) if seller_id else None
    Partner.objects.bulk_create([step.partner for step in steps if step.before is None])
    changed = [step.partner for step in steps if step.changed]
    Partner.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["organization"], update_fields=_PARTNER_COLUMNS
    )
    _write_people(steps)
    _tell(steps, actor=actor, now=now)
    stamps.forget()


def _write_organizations(steps: Sequence[Step], *, actor: Actor, now: datetime) -> Mapping[int, int]:
    """Answers by negative id which number the new organization was given."""
    new = [step for step in steps if step.before is None]
    places = {step.id: place for place, step in enumerate(new)}
    wanted = [_organization(step, places) for step in new]
    since = business_date(now, actor.timezone)
    refs = access.create_organizations(actor=actor, wanted=wanted, since=since, now=now) if wanted else []
    for step, organization in zip(new, refs, strict=True):
        step.partner.organization_id = organization.id
        step.partner.owner_path = organization.path
    names = {step.id: step.partner.name for step in steps if "name" in step.changed}
    if names:
        access.rename_organizations(actor=actor, names=names)
    return {step.id: step.partner.organization_id for step in new}


def _organization(step: Step, places: Mapping[int, int]) -> NewOrganization:
    partner, parent_id = step.partner, step.parent.id if step.parent else None
    place = places.get(parent_id) if parent_id is not None else None
    kind = OrganizationKind(partner.kind)
    return NewOrganization(
        partner.code, partner.name, kind, parent_id if place is None else None, parent_place=place
    )


def _write_people(steps: Sequence[Step]) -> None:
    rows = [(step.partner, row) for step in steps for row in (*(one for one, _ in step.kept), *step.yielding)]
    for partner, row in rows:
        row.partner_id, row.owner_path = partner.organization_id, partner.owner_path
    contacts = [row for _, row in rows if isinstance(row, Contact)]
    addresses = [row for _, row in rows if isinstance(row, Address)]
    Contact.objects.bulk_create(
        [row for row in contacts if row.pk],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_CONTACT_COLUMNS,
    )
    Address.objects.bulk_create(
        [row for row in addresses if row.pk],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["is_default"],
    )
    Contact.objects.bulk_create([row for row in contacts if not row.pk])
    Address.objects.bulk_create([row for row in addresses if not row.pk])


def _tell(steps: Sequence[Step], *, actor: Actor, now: datetime) -> None:
    """Each partner before its people."""
    happened: list[events.NewEvent] = []
    records: list[AuditRecord] = []
    for step in steps:
        if step.before is None or step.changed:
            event, record = _told(step, actor=actor, now=now)
            happened.append(event)
            records.append(record)
        records += [
            record_of(step.partner, action, row.pk, actor=actor, now=now) for row, action in step.kept
        ]
    events.publish_all(happened)
    audit.record_all(records)


def _told(step: Step, *, actor: Actor, now: datetime) -> tuple[events.NewEvent, AuditRecord]:
    after = checking.values(step.partner)
    if step.before is None:
        return checking.told(step.partner, actor=actor, action="created", after=after, now=now)
    return checking.told(
        step.partner,
        actor=actor,
        action="updated",
        before={name: step.before[name] for name in step.changed},
        after={name: after[name] for name in step.changed},
        now=now,
    )
