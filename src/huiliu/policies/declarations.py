"""What the brand may set about policies."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from huiliu.access.models import Organization
from huiliu.platform.settings_registry import declare
from huiliu.platform.settings_types import SettingSpec, Switch, Words
from huiliu.platform.subject_names import FOUND_MAX, declare_names
from huiliu.platform.subjects import declare_subject
from huiliu.policies.models import Version

FOUR_EYES = declare(
    SettingSpec(
        key="policies.four_eyes",
        shape=Switch(),
        default=True,
        label=Words("政策须由他人批准", "Another person approves a policy"),
        help=Words(
            "打开时，政策的起草人不能批准自己的版本。",
            "While on, the author of a version cannot approve it.",
        ),
        module="policies",
    )
)


def _seller(version_id: str) -> tuple[str, ...] | None:
    """Whose promise a version that the reach shows is: comments stay with those who see it."""
    try:
        key = UUID(version_id)
    except ValueError:
        return None
    version = Version.objects.filter(pk=key).only("seller_id", "within_path").first()
    if version is None:
        return None
    seller = Organization.objects.filter(pk=version.seller_id).values_list("path", flat=True).first()
    return (version.within_path or seller or "",) if version.within_path or seller else None


declare_subject("policy", scope="policies:read", resolve=_seller)


class _Versions:
    """A version is called by the name of its line and its number; found by the name or the code of the line."""

    def names(self, ids: Collection[UUID]) -> dict[UUID, str]:
        found = Version.objects.filter(pk__in=ids).values_list("pk", "name", "version_no")
        return {pk: f"{name} v{number}" for pk, name, number in found}

    def ids(self, name: str) -> list[UUID]:
        found = Version.objects.filter(Q(name=name) | Q(code=name)).order_by("-created_at")
        return list(found.values_list("pk", flat=True)[:FOUND_MAX])


declare_names("policy", of=_Versions())
