"""What the brand may set about policies."""

from __future__ import annotations

from huiliu.platform.settings_registry import declare
from huiliu.platform.settings_types import SettingSpec, Switch, Words

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
