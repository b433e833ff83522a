"""What the platform must know of partners."""

from __future__ import annotations

from huiliu.platform.custom_fields import declare_entity
from huiliu.platform.settings_types import Words

declare_entity("partner", Words("伙伴", "partner"))
