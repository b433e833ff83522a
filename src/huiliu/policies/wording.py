"""Whom an audience means, as one sentence in the reader's language. Pure: names are handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from huiliu.policies.types import Audience

NAMED_MAX: Final = 3
#: The name of a value of a part ("under_ids", "12"), or None when nobody knows it.
NameOf = Callable[[str, str], str | None]

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "zh-Hans": {
        "everyone": "全部客户",
        "tiers": "{values}级",
        "tags": "带标签“{values}”",
        "channels": "渠道：{values}",
        "under": "{values}及下级",
        "names": "{values}",
        "more": "{shown}等 {count} 个",
        "or": "或",
        "and": "、",
        "value": "、",
        "group": "（{text}）",
        "except": "{text}，除{other}外",
        "DISTRIBUTOR": "经销商",
        "SUB_DISTRIBUTOR": "二批商",
        "STORE": "终端门店",
        "SERVICE_PROVIDER": "服务商",
    },
    "zh-Hant": {
        "everyone": "全部客戶",
        "tiers": "{values}級",
        "tags": "帶標籤“{values}”",
        "channels": "渠道：{values}",
        "under": "{values}及下級",
        "names": "{values}",
        "more": "{shown}等 {count} 個",
        "or": "或",
        "and": "、",
        "value": "、",
        "group": "（{text}）",
        "except": "{text}，除{other}外",
        "DISTRIBUTOR": "經銷商",
        "SUB_DISTRIBUTOR": "二批商",
        "STORE": "終端門店",
        "SERVICE_PROVIDER": "服務商",
    },
    "en": {
        "everyone": "every customer",
        "tiers": "tier {values}",
        "tags": "tagged “{values}”",
        "channels": "channel {values}",
        "under": "{values} and everyone below",
        "names": "{values}",
        "more": "{shown} and others, {count} in all",
        "or": " or ",
        "and": ", ",
        "value": ", ",
        "group": "({text})",
        "except": "{text}, except {other}",
        "DISTRIBUTOR": "distributors",
        "SUB_DISTRIBUTOR": "sub-distributors",
        "STORE": "stores",
        "SERVICE_PROVIDER": "service providers",
    },
}
#: Each part, in the order it is said, and which phrase says it.
_PARTS: Final = (
    ("under_ids", "under"),
    ("under_paths", "under"),
    ("region_codes", "names"),
    ("kinds", "names"),
    ("tiers", "tiers"),
    ("channels", "channels"),
    ("tags", "tags"),
    ("organization_ids", "names"),
)


def say_audience(audience: Audience, *, name_of: NameOf, language: str = "zh-Hans") -> str:
    """One sentence: 华东大区及下级、A级，除苏州恒通外. Languages: zh-Hans, zh-Hant, en; any other reads English."""
    words = _WORDS.get(language, _WORDS["en"])
    parts = [
        words[phrase].format(values=_values(part, getattr(audience, part), words, name_of))
        for part, phrase in _PARTS
        if getattr(audience, part)
    ]
    parts += [
        words["group"].format(text=say_audience(one, name_of=name_of, language=language))
        for one in audience.all_of
    ]
    if audience.any_of:
        choices = [say_audience(one, name_of=name_of, language=language) for one in audience.any_of]
        either = words["or"].join(choices)
        parts.append(words["group"].format(text=either) if len(choices) > 1 and parts else either)
    text = words["and"].join(parts) or words["everyone"]
    if audience.except_for is None:
        return text
    other = say_audience(audience.except_for, name_of=name_of, language=language)
    return words["except"].format(text=text, other=other)


def _values(
    part: str, values: tuple[int, ...] | tuple[str, ...], words: Mapping[str, str], name_of: NameOf
) -> str:
    named = [_value(part, str(one), words, name_of) for one in values[:NAMED_MAX]]
    shown = words["value"].join(named)
    if part == "tiers":
        shown = "/".join(named)
    if len(values) <= NAMED_MAX:
        return shown
    return words["more"].format(shown=shown, count=len(values))


def _value(part: str, value: str, words: Mapping[str, str], name_of: NameOf) -> str:
    if part == "kinds":
        return words.get(value, value)
    if part in ("under_ids", "under_paths", "region_codes", "organization_ids"):
        return name_of(part, value) or f"#{value}"
    return value
