"""What the platform must know of partners."""

from __future__ import annotations

from huiliu.partners.models import Partner
from huiliu.platform.custom_fields import declare_entity
from huiliu.platform.settings_types import Words
from huiliu.platform.subjects import declare_subject

declare_entity("partner", Words("伙伴", "Partner"))


def _whose(partner_id: str) -> tuple[str, ...] | None:
    if not (partner_id.isascii() and partner_id.isdigit() and len(partner_id) < 16):
        return None
    return Partner.objects.filter(pk=int(partner_id)).values_list("owner_path").first()


declare_subject("partner", scope="partners:read", resolve=_whose)
