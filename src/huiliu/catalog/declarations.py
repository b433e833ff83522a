"""What the platform must know of the catalog."""

from __future__ import annotations

from huiliu.platform.custom_fields import declare_entity
from huiliu.platform.settings_types import Words

declare_entity("product", Words("商品", "product"))
