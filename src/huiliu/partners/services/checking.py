"""What is checked of a partner's master, what of it is written, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiliu.access.errors import OrganizationNotVisible
from huiliu.access.types import Actor
from huiliu.kernel.lookups import Lookup
from huiliu.kernel.pinyin import search_text, sort_key
from huiliu.kernel.refusals import Refusals
from huiliu.kernel.text import normalise
from huiliu.partners import rules, selectors
from huiliu.partners.errors import SellerUnknown
from huiliu.partners.models import Partner
from huiliu.partners.types import Duplicates, PartnerDraft, RegionNames, Uscc
from huiliu.platform import audit, custom_fields, events
from huiliu.platform.errors import InvalidInput, Stale
from huiliu.platform.models import AuditRecord

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
class Checked:
    """A draft whose every field was found right."""

    name: str
    uscc: Uscc
    phone: str
    region: RegionNames
    region_code: str
    custom: dict[str, Any]


def duplicate_facts(duplicates: Duplicates) -> dict[str, Any]:
    """Duplicates as a refusal or an answer tells them."""
    return {
        "partners": [
            {"partner_id": one.partner_id, "code": one.code, "name": one.name, "because": list(one.because)}
            for one in duplicates.seen
        ],
        "elsewhere": duplicates.elsewhere,
    }


def checked(
    draft: PartnerDraft,
    *,
    before: Mapping[str, Any] | None = None,
    divisions: Lookup[str, str] | None = None,
) -> Checked:
    """Everything right, or all that is wrong at once; `before`: the custom values that stand, in an edit."""
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
        region = selectors.region_names(region_code, divisions)
    custom: dict[str, Any] = {}
    with refusals.collecting():
        custom = custom_fields.validate("partner", rules.check_custom(draft.custom), before=before)
    refusals.raise_if_any()
    return Checked(name, uscc, phone, region, region_code, custom)


def check_parent(parent_id: int, path: str | None, *, actor: Actor) -> None:
    """Branches are shown to all, but a branch adds partners only below itself; no path: there is no such parent."""
    if path is None or not (actor.reach.everything or actor.reach.lo <= path < actor.reach.hi):
        raise OrganizationNotVisible("There is no such parent.", field="parent_id", parent_id=parent_id)


def check_seller(seller_id: int | None, path: str | None, *, below: str | None) -> None:
    """The seller exists (it has a path) and is neither the partner itself nor below it."""
    if seller_id is None:
        return
    if path is None or (below is not None and path.startswith(below)):
        raise SellerUnknown(
            "This organization cannot sell to the partner.", field="default_seller_id", seller_id=seller_id
        )


def check_version(partner: Partner, version: int) -> None:
    if partner.version != version:
        raise Stale("The partner was changed meanwhile.", yours=version, current=partner.version)


def write(partner: Partner, draft: PartnerDraft, checked: Checked) -> None:
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


def values(partner: Partner) -> dict[str, Any]:
    found: dict[str, Any] = {name: getattr(partner, name) for name in FIELDS}
    found["tags"], found["custom"] = list(partner.tags), dict(partner.custom)
    return found


def told(
    partner: Partner,
    *,
    actor: Actor,
    action: str,
    after: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
    reason: str = "",
    now: datetime,
) -> tuple[events.NewEvent, AuditRecord]:
    """The event names the fields; their values are for those who read the audit trail."""
    payload: dict[str, Any] = {"code": partner.code, "name": partner.name, "version": partner.version}
    payload["fields"] = sorted(after) if before is not None else []
    if action == "status_changed":
        payload |= {"status": after["status"], "reason": reason}
    event = events.NewEvent(
        type=f"partner.{action}",
        subject_type="partner",
        subject_id=partner.organization_id,
        paths=(partner.owner_path,),
        user_id=actor.user_id,
        now=now,
        payload=payload,
    )
    return event, audit.entry(
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
