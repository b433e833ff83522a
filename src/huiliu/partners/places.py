"""From the names people write to the code of a division: 江苏, 苏州, 虎丘 is 320505. Pure.

People leave out 省, 市 and 区, the peoples of an autonomous prefecture, or a level; they write a county-level city where
a city is asked for. Of several that may be meant none is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from huiliu.kernel.text import normalise
from huiliu.partners.errors import RegionUnknown
from huiliu.partners.types import RegionRow

PROVINCE, CITY, DISTRICT = 1, 2, 3
FIELDS: Final = {PROVINCE: "province", CITY: "city", DISTRICT: "district"}
#: What stands for "no division of its own" in published tables.
NOWHERE: Final = frozenset({"市辖区", "县", "无", "-", "/"})
_SUFFIX = re.compile(r"(特别行政区|自治[区州县旗]|地区|新区|林区|[省市盟区县旗])$")
_PEOPLES = re.compile(
    "((?:蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|鄂温克|鄂伦春|达斡尔|朝鲜|土家|布依|傈僳|拉祜|东乡|纳西|景颇|仫佬|布朗|撒拉|毛南|仡佬"
    "|锡伯|裕固|保安|独龙|哈尼|[回藏苗彝壮满侗瑶白傣黎佤畲水土羌怒])族?|各族)+$"
)
_BETWEEN = re.compile(r"[\s/／\\|>＞,，、·\-]+")
_SHORTEST = 2  # of 和县 nothing can be left out


def plain(name: str) -> str:
    """A name without its kind and peoples: 苏州市 is 苏州, 恩施土家族苗族自治州 is 恩施."""
    for pattern in (_SUFFIX, _PEOPLES):
        shorter = pattern.sub("", name)
        name = shorter if len(shorter) >= _SHORTEST else name
    return name


class Places:
    """The divisions of a table, found by their names."""

    def __init__(self, rows: Iterable[RegionRow]) -> None:
        self._below: dict[str, list[RegionRow]] = {}
        for row in sorted(rows, key=lambda one: one.code):
            if row.level <= DISTRICT:
                self._below.setdefault(row.parent_code, []).append(row)

    def find(self, *, province: str = "", city: str = "", district: str = "") -> str:
        """The code of the narrowest that is named.

        Raises: RegionUnknown naming the first that is nowhere, or may be several.
        """
        found: list[RegionRow] = []
        field = ""
        for level, said in ((PROVINCE, province), (CITY, city), (DISTRICT, district)):
            name = normalise(said)
            if not name or name in NOWHERE:
                continue
            within, found, field = found, self._named(name, level, found), FIELDS[level]
            if not found:
                raise RegionUnknown(_nowhere(name, within), field=field, given=name[:64])
        return _only(found, field)

    def read(self, text: str) -> str:
        """The code of an address's beginning written in one: 江苏省苏州市虎丘区, 江苏/苏州. Raises: RegionUnknown."""
        said = _BETWEEN.sub("", normalise(text))
        found = self._walk(said, [])
        if not found:
            raise RegionUnknown(_nowhere(said, []), field="region_code", given=said[:64])
        return _only(found, "region_code")

    def _named(self, name: str, level: int, within: Sequence[RegionRow]) -> list[RegionRow]:
        pool = self._at(level, within)
        if level == CITY:  # 义乌市 and 仙桃市 are cities to everybody but the table
            return _called(name, pool) or _called(name, self._at(DISTRICT, within))
        if level == DISTRICT and within and not any(row.code in self._below for row in within):
            return list(within)  # below 东莞市 and 义乌市 are towns and streets, which are in no table
        return _called(name, pool) or (_called(name, within) if level == DISTRICT else [])

    def _at(self, level: int, within: Sequence[RegionRow]) -> list[RegionRow]:
        """The divisions of a level in the country, or in these."""
        rows = list(within) or self._below.get("", [])
        while rows and rows[0].level < level:
            rows = [child for row in rows for child in self._below.get(row.code, [])]
        return [row for row in rows if row.level == level]

    def _walk(self, rest: str, within: Sequence[RegionRow]) -> list[RegionRow]:
        if not rest:
            return list(within)
        deepest = max((row.level for row in within), default=0)
        for level in range(deepest + 1, DISTRICT + 1):
            for spelled in (_whole, plain):
                begins = [row for row in self._at(level, within) if rest.startswith(spelled(row.name))]
                length = max((len(spelled(row.name)) for row in begins), default=0)
                longest = [row for row in begins if len(spelled(row.name)) == length]
                if longest and (found := self._walk(rest[length:], longest)):
                    return found
        return []


def _whole(name: str) -> str:
    return name


def _called(name: str, pool: Sequence[RegionRow]) -> list[RegionRow]:
    """Those of exactly this name, else those that are called so in short."""
    short = {plain(name)} | ({name[:-1]} if name.endswith("州") and len(name) > _SHORTEST else set())
    spellings: tuple[Callable[[RegionRow], bool], ...] = (
        lambda row: row.name == name,
        lambda row: plain(row.name) in short,
    )
    return next((found for fits in spellings if (found := [row for row in pool if fits(row)])), [])


def _only(found: Sequence[RegionRow], field: str) -> str:
    if not found:
        return ""
    if (
        len({(row.name, row.parent_code) for row in found}) > 1
    ):  # the table has 重庆市 twice: districts and counties
        names = sorted({row.name for row in found})
        said = (
            f"{names[0]} is in several places; write its city, too."
            if len(names) == 1
            else (f"It may be {names[0]} or {names[1]}.")
        )
        raise RegionUnknown(said, field=field, given=names[0])
    return found[0].code


def _nowhere(name: str, within: Sequence[RegionRow]) -> str:
    return f"There is no {name[:64]} in {within[0].name}." if within else f"There is no region {name[:64]}."
