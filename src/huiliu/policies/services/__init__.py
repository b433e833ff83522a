"""The verbs in the life of a version; what a version decides is handed in by its kind's module."""

from huiliu.policies.services.audience import (
    preview_audience,
    resolve_audience,
    welcome_newcomers,
    welcome_organizations,
)
from huiliu.policies.services.life import (
    approve_version,
    create_version,
    digest,
    discard_version,
    end_version,
    head_of,
    lock_draft,
    publish_version,
    revise_version,
    touch_draft,
    update_version,
)

__all__ = [
    "approve_version",
    "create_version",
    "digest",
    "discard_version",
    "end_version",
    "head_of",
    "lock_draft",
    "preview_audience",
    "publish_version",
    "resolve_audience",
    "revise_version",
    "touch_draft",
    "update_version",
    "welcome_newcomers",
    "welcome_organizations",
]
