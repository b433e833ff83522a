"""Making, changing and ending a partner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiliu.access import services as access
from huiliu.access.errors import OrganizationNotVisible
from huiliu.access.types import STAFF_KINDS, Actor, OrganizationKind
from huiliu.kernel.period import business_date
from huiliu.kernel.pinyin import search_text, sort_key
from huiliu.kernel.refusals import Refusals
from huiliu.kernel.states import step
from huiliu.kernel.text import normalise
from huiliu.partners import present, rules, selectors
from huiliu.partners.errors import PartnerKindWrong, PartnerMayExist, SellerUnknown
from huiliu.partners.models import Partner
from huiliu.partners.types import Duplicates, PartnerDraft, PartnerRow, PartnerStatus, RegionNames, Uscc
from huiliu.platform import audit, custom_fields, events, stamps
from huiliu.platform.errors import InvalidInput, Stale

#: The fields a draft writes; what of them changed stands in the audit trail.
FIELDS = (
    "name",
    "short_name",
    "uscc",
    "tier",
    "tags",
    "channel",
    "region_code",
    "province",
    "city",
    "district",
    "address",
    "phone",
    "default_seller_id",
    "custom",
)


@dataclass(frozen=True, slots=True)
class _Checked:
    """A draft whose every field was found right."""

    name: str
    uscc: Uscc
    phone: str
    region: RegionNames
    region_code: str
    custom: dict[str, Any]


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
    if kind in STAFF_KINDS:
        raise PartnerKindWrong(f"{kind} is not a kind of partner.", field="kind")
    checked = _checked(draft)
    code = normalise(code)
    if not code:
        raise InvalidInput("A partner needs a code.", field="code")
    duplicates = selectors.find_duplicates(
        actor=actor, uscc=checked.uscc.code, phone=checked.phone, name=checked.name
    )
    if duplicates and not accept_duplicates:
        raise PartnerMayExist("This company may be known already.", **duplicate_facts(duplicates))
    _check_parent(parent_id, actor=actor)
    _check_seller(draft.default_seller_id, below=None)
    organization = access.create_organization(
        actor=actor,
        code=code,
        name=checked.name,
        kind=kind,
        parent_id=parent_id,
        since=business_date(now, actor.timezone),
        now=now,
    )
    partner = Partner(
        organization_id=organization.id,
        owner_path=organization.path,
        code=organization.code,
        kind=kind.value,
        created_at=now,
        updated_at=now,
    )
    _write(partner, draft, checked)
    partner.save(force_insert=True)
    _tell(partner, actor=actor, action="created", after=_values(partner), now=now)
    return present.partner_row(partner, actor=actor)


def update_partner(
    *, actor: Actor, partner_id: int, version: int, draft: PartnerDraft, now: datetime
) -> PartnerRow:
    """Replace what the draft holds; unchanged content is answered without a new version.

    Locks:  the partner's row.
    Raises: PartnerNotVisible, Stale, SellerUnknown, SeveralRefused (of the fields).
    """
    partner = selectors.find_partner(partner_id, lock=True)
    _check_version(partner, version)
    checked = _checked(draft, before=partner.custom)
    _check_seller(draft.default_seller_id, below=partner.owner_path)
    before = _values(partner)
    _write(partner, draft, checked)
    after = _values(partner)
    changed = [name for name in FIELDS if before[name] != after[name]]
    if not changed:
        return present.partner_row(partner, actor=actor)
    if "name" in changed:
        access.rename_organization(actor=actor, organization_id=partner_id, name=partner.name)
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


def label_partner(
    *, actor: Actor, partner_id: int, tags: Sequence[str] | None, tier: str | None, now: datetime
) -> PartnerRow:
    """Tags and tier alone, None as they are; what else the master has wrong stands in nobody's way.

    Locks:  the partner's row.
    Raises: PartnerNotVisible.
    """
    partner = selectors.find_partner(partner_id, lock=True)
    before = _values(partner)
    if tags is not None:
        partner.tags = sorted({tag for tag in map(normalise, tags) if tag})
    if tier is not None:
        partner.tier = normalise(tier)
    after = _values(partner)
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
    _check_version(partner, version)
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


def duplicate_facts(duplicates: Duplicates) -> dict[str, Any]:
    """Duplicates as a refusal or an answer tells them."""
    return {
        "partners": [
            {"partner_id": one.partner_id, "code": one.code, "name": one.name, "because": list(one.because)}
            for one in duplicates.seen
        ],
        "elsewhere": duplicates.elsewhere,
    }


def _checked(draft: PartnerDraft, *, before: Mapping[str, Any] | None = None) -> _Checked:
    """`before`: the custom values that stand, in an edit."""
    refusals = Refusals()
    name = normalise(draft.name)
    uscc, phone, region = Uscc("", is_legacy=False), "", RegionNames("")
    region_code = rules.region_code(draft.region_code)
    with refusals.collecting():
        if not name:
            raise InvalidInput("A partner needs a name.", field="name")
    with refusals.collecting():
        uscc = rules.check_uscc(draft.uscc) if draft.uscc.strip() else uscc
    with refusals.collecting():
        phone = rules.check_phone(draft.phone)
    with refusals.collecting():
        region = selectors.region_names(region_code)
    custom: dict[str, Any] = {}
    with refusals.collecting():
        custom = custom_fields.validate("partner", rules.check_custom(draft.custom), before=before)
    refusals.raise_if_any()
    return _Checked(name, uscc, phone, region, region_code, custom)


def _check_parent(parent_id: int, *, actor: Actor) -> None:
    """Branches are shown to all, but a branch adds partners only below itself."""
    parent = selectors.buyer_facts(parent_id)
    if parent is None or not (actor.reach.everything or actor.reach.lo <= parent.path < actor.reach.hi):
        raise OrganizationNotVisible("There is no such parent.", field="parent_id", parent_id=parent_id)


def _check_seller(seller_id: int | None, *, below: str | None) -> None:
    """The seller exists and is neither the partner itself nor below it."""
    if seller_id is None:
        return
    seller = selectors.buyer_facts(seller_id)
    if seller is None or (below is not None and seller.path.startswith(below)):
        raise SellerUnknown(
            "This organization cannot sell to the partner.", field="default_seller_id", seller_id=seller_id
        )


def _check_version(partner: Partner, version: int) -> None:
    if partner.version != version:
        raise Stale("The partner was changed meanwhile.", yours=version, current=partner.version)


def _write(partner: Partner, draft: PartnerDraft, checked: _Checked) -> None:
    partner.name = checked.name
    partner.short_name = normalise(draft.short_name)
    partner.uscc = checked.uscc.code
    partner.tier = normalise(draft.tier)
    partner.tags = sorted({tag for tag in (normalise(one) for one in draft.tags) if tag})
    partner.channel = normalise(draft.channel)
    partner.region_code = checked.region_code
    partner.province = checked.region.province
    partner.city = checked.region.city
    partner.district = checked.region.district
    partner.address = normalise(draft.address)
    partner.phone = checked.phone
    partner.default_seller_id = draft.default_seller_id
    partner.custom = checked.custom
    partner.sort_key = sort_key(partner.name)
    partner.search_text = search_text(partner.code, partner.name, partner.short_name, partner.uscc)


def _save(partner: Partner, *, now: datetime) -> None:
    partner.version += 1
    partner.updated_at = now
    partner.save(force_update=True)
    stamps.forget()


def _values(partner: Partner) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(partner, name) for name in FIELDS}
    values["tags"], values["custom"] = list(partner.tags), dict(partner.custom)
    return values


def _tell(
    partner: Partner,
    *,
    actor: Actor,
    action: str,
    after: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
    reason: str = "",
    now: datetime,
) -> None:
    """The event names the fields; their values are for those who read the audit trail."""
    payload: dict[str, Any] = {"code": partner.code, "name": partner.name, "version": partner.version}
    payload["fields"] = sorted(after) if before is not None else []
    if action == "status_changed":
        payload |= {"status": after["status"], "reason": reason}
    events.publish(
        type=f"partner.{action}",
        subject_type="partner",
        subject_id=partner.organization_id,
        paths=(partner.owner_path,),
        user_id=actor.user_id,
        now=now,
        payload=payload,
    )
    audit.record(
        actor=actor,
        action=f"partner.{action}",
        subject_type="partner",
        subject_id=partner.organization_id,
        owner_path=partner.owner_path,
        now=now,
        reason=reason,
        before=before,
        after=after,
    )
