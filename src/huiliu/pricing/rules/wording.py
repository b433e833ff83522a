"""A stored trace in words, rendered when someone reads it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from huiliu.pricing.types import PriceLevel, Reason

_LEVELS: Final = {
    "en": {
        1: "contract price",
        2: "customer price",
        3: "customer group price",
        4: "region or channel price",
        5: "base price",
    },
    "zh-Hans": {1: "合同/特批价", 2: "客户价", 3: "客户组/等级价", 4: "区域/渠道价", 5: "基础价"},
    "zh-Hant": {1: "合同/特批價", 2: "客戶價", 3: "客戶組/等級價", 4: "區域/渠道價", 5: "基礎價"},
}
_MONTHS: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "WON": "{list} ({level}) decides: {price} per {unit}",
        "OVERRIDE": "set by hand: {price} per {unit}",
        "AMOUNT": "amount {amount} {currency}, rounded once",
        Reason.NOT_IN_AUDIENCE: "{list} ({level}) is for other buyers",
        Reason.NOT_YET_VALID: "{list} ({level}) starts on {from}",
        Reason.EXPIRED: "{list} ({level}) ended before {to}",
        Reason.OTHER_PROJECT: "{list} ({level}) is for another project",
        Reason.BREAK_NOT_REACHED: "{list} ({level}): the quantity does not reach its first break",
        Reason.LOWER_LEVEL: "{list} ({level}) stands on a lower level",
        Reason.LOWER_PRIORITY: "{list} ({level}) has a lower priority",
        Reason.WIDER_SCOPE: "{list} ({level}) has a wider audience",
        Reason.OLDER: "{list} ({level}) started earlier",
        Reason.PUBLISHED_EARLIER: "{list} ({level}) was published earlier",
    },
    "zh-Hans": {
        "WON": "取自{list}（{level}）：每{unit} {price}",
        "OVERRIDE": "手工改价：每{unit} {price}",
        "AMOUNT": "金额 {amount} {currency}，仅舍入一次",
        Reason.NOT_IN_AUDIENCE: "{list}（{level}）不适用于该客户",
        Reason.NOT_YET_VALID: "{list}（{level}）自 {from} 起生效",
        Reason.EXPIRED: "{list}（{level}）已于 {to} 失效",
        Reason.OTHER_PROJECT: "{list}（{level}）属于其他项目",
        Reason.BREAK_NOT_REACHED: "{list}（{level}）：数量未达到首个阶梯",
        Reason.LOWER_LEVEL: "{list}（{level}）层级较低",
        Reason.LOWER_PRIORITY: "{list}（{level}）优先级较低",
        Reason.WIDER_SCOPE: "{list}（{level}）适用范围更宽",
        Reason.OLDER: "{list}（{level}）生效更早",
        Reason.PUBLISHED_EARLIER: "{list}（{level}）发布更早",
    },
    "zh-Hant": {
        "WON": "取自{list}（{level}）：每{unit} {price}",
        "OVERRIDE": "手工改價：每{unit} {price}",
        "AMOUNT": "金額 {amount} {currency}，僅舍入一次",
        Reason.NOT_IN_AUDIENCE: "{list}（{level}）不適用於該客戶",
        Reason.NOT_YET_VALID: "{list}（{level}）自 {from} 起生效",
        Reason.EXPIRED: "{list}（{level}）已於 {to} 失效",
        Reason.OTHER_PROJECT: "{list}（{level}）屬於其他項目",
        Reason.BREAK_NOT_REACHED: "{list}（{level}）：數量未達到首個階梯",
        Reason.LOWER_LEVEL: "{list}（{level}）層級較低",
        Reason.LOWER_PRIORITY: "{list}（{level}）優先級較低",
        Reason.WIDER_SCOPE: "{list}（{level}）適用範圍更寬",
        Reason.OLDER: "{list}（{level}）生效更早",
        Reason.PUBLISHED_EARLIER: "{list}（{level}）發佈更早",
    },
}


def render(stored: dict[str, Any], language: str = "zh-Hans") -> list[str]:
    """One sentence per step: who decided, what was set by hand, the amount, then who lost and why.

    Takes a full or a redacted trace. Languages: zh-Hans, zh-Hant, en; any other reads English.
    """
    words = _WORDS.get(language, _WORDS["en"])
    levels = _LEVELS.get(language, _LEVELS["en"])
    decided: list[str] = []
    lost: list[str] = []
    for one in stored["candidates"]:
        sentence = words[one["reason"]].format(
            **{**one, "level": levels[one["level"]], "unit": one["unit"][0]}
        )
        (decided if one["reason"] == Reason.WON else lost).append(sentence)
    query = stored["query"]
    if "override" in stored:
        decided.append(
            words["OVERRIDE"].format(price=stored["override"]["unit_price"], unit=query["unit"][0])
        )
    decided.append(words["AMOUNT"].format(amount=stored["amount"], currency=query["currency"]))
    return decided + lost


def level_in_words(level: PriceLevel, language: str) -> str:
    """A level by its name: "基础价"."""
    return _LEVELS.get(language, _LEVELS["en"])[level]


def day_in_words(day: date, language: str) -> str:
    """A day with its year, as the screens write it: 2026年7月1日 or Jul 1, 2026."""
    if language in ("zh-Hans", "zh-Hant"):
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"
