"""Mapping files: which fields an entity has, and which words above a column mean them. Pure but for reading TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

from huiliu.integrations.errors import ColumnsMissing, EntityUnknown, MappingInvalid, NothingToImport
from huiliu.integrations.importing.cells import READERS, Broken, Reader, choice_of, is_blank, shown
from huiliu.integrations.importing.tables import SheetRow
from huiliu.integrations.screen_texts import in_language
from huiliu.kernel.pinyin import fold
from huiliu.kernel.text import normalise

FOLDER: Final = Path(__file__).parent / "mappings"
VERSION: Final = 1
#: How far down the line of titles may stand: above it are a heading, a date, a note.
HEADER_ROWS_MAX: Final = 20

REASON_TITLES: Final = ("原因", "Reason")
MARK_TITLES: Final = ("导入标记", "Import mark")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entity: how a cell of it is read, and under which titles it is found."""

    name: str
    kind: str
    zh: str
    en: str
    required: bool = False
    synonyms: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    note_zh: str = ""
    note_en: str = ""
    example: str = ""

    def title(self, locale: str) -> str:
        return in_language(self.zh, self.en, locale)

    def note(self, locale: str) -> str:
        return in_language(self.note_zh, self.note_en, locale)

    def reader(self) -> Reader:
        if self.kind != "choice":
            return READERS[self.kind]
        words = {word.casefold(): value for value, names in self.choices.items() for word in (value, *names)}
        # Words of Taiwan are more than other characters: 用户 is 使用者.
        offered = zip(self.words("zh-Hant"), self.choices, strict=True)
        return choice_of({word.casefold(): value for word, value in offered} | words)

    def words(self, locale: str) -> tuple[str, ...]:
        """What a drop-down offers: the first word of each choice in the reader's language."""
        english = locale.startswith("en")
        offered = (
            next((one for one in names if one.isascii() == english), value)
            for value, names in self.choices.items()
        )
        return tuple(in_language(one, one, locale) for one in offered)


@dataclass(frozen=True, slots=True)
class EntityMapping:
    """The fields of one entity. `key` names those that say which thing a row speaks of."""

    version: int
    entity: str
    zh: str
    en: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    note_zh: str = ""
    note_en: str = ""

    def field(self, name: str) -> Field:
        return next(one for one in self.fields if one.name == name)

    def title(self, locale: str) -> str:
        return in_language(self.zh, self.en, locale)


@dataclass(frozen=True, slots=True)
class Plan:
    """How one file is read: the row of titles and the field of each column; columns count from 0."""

    header_row: int
    fields: Mapping[int, Field]
    titles: tuple[str, ...]
    reason_column: int | None = None
    mark_column: int | None = None

    @property
    def ignored(self) -> tuple[str, ...]:
        """Titles that mean nothing to this entity."""
        own = {self.reason_column, self.mark_column, *self.fields}
        return tuple(title for place, title in enumerate(self.titles) if title and place not in own)

    def chosen(self) -> dict[str, str]:
        """Title → field, as a stored mapping keeps it."""
        return {self.titles[place]: one.name for place, one in sorted(self.fields.items())}


@cache
def entity_mappings() -> dict[str, EntityMapping]:
    """Every mapping file that comes with the product, by entity."""
    return {found.entity: found for found in map(read_mapping, sorted(FOLDER.glob("*.toml")))}


def entity_mapping(entity: str) -> EntityMapping:
    """Raises: EntityUnknown."""
    found = entity_mappings().get(entity)
    if found is None:
        raise EntityUnknown(f"{entity[:40]} cannot be imported.", entities=sorted(entity_mappings()))
    return found


def read_mapping(path: Path) -> EntityMapping:
    """A mapping file. Raises: MappingInvalid (facts: file and what is wrong with it)."""
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
        if stored["version"] != VERSION:
            raise MappingInvalid(f"{path.name} has version {stored['version']}.", known=VERSION)
        fields = tuple(_field(one) for one in stored["fields"])
        found = EntityMapping(
            version=stored["version"],
            entity=stored["entity"],
            zh=stored["zh"],
            en=stored["en"],
            key=tuple(stored["key"]),
            fields=fields,
            note_zh=stored.get("note_zh", ""),
            note_en=stored.get("note_en", ""),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise MappingInvalid(f"{path.name}: {error}", file=path.name) from error
    names = [one.name for one in fields]
    if len(set(names)) != len(names) or not set(found.key) <= set(names):
        raise MappingInvalid(f"{path.name}: a field stands twice or the key is none.", file=path.name)
    return found


def _field(stored: dict[str, Any]) -> Field:
    values = dict(stored)
    values["synonyms"] = tuple(values.get("synonyms", ()))
    values["choices"] = {value: tuple(names) for value, names in values.get("choices", {}).items()}
    found = Field(**values)
    if found.kind != "choice" and found.kind not in READERS:
        raise ValueError(f"{found.name} has the unknown kind {found.kind}")
    return found


_NOTES = re.compile(r"[(（\[【].*?[)）\]】]|[\s*＊:：_\-/.]")


def fold_title(title: str) -> str:
    """A title without case, blanks, marks and what stands in brackets: `客户编码（必填）*` is `客户编码`, 客戶編碼 too."""
    plain = fold(title)
    return _NOTES.sub("", plain) or plain


def _known_titles(mapping: EntityMapping) -> dict[str, Field]:
    """Folded title → field; a field's own names win over another's synonyms."""
    known: dict[str, Field] = {}
    for one in mapping.fields:
        for title in (one.name, one.zh, one.en, one.title("zh-Hant")):
            known.setdefault(fold_title(title), one)
    for one in mapping.fields:
        for title in one.synonyms:
            known.setdefault(fold_title(title), one)
            known.setdefault(fold_title(in_language(title, title, "zh-Hant")), one)  # as exports are titled
    return known


def plan_of(mapping: EntityMapping, rows: Iterator[SheetRow], *, columns: Mapping[str, str]) -> Plan:
    """Find the line of titles and what its columns mean; `columns` (title → field, "" is "leave out") goes first.

    Raises: NothingToImport, MappingInvalid, ColumnsMissing (facts: missing, found).
    """
    known = _known_titles(mapping)
    fields = {one.name: one for one in mapping.fields}
    if unknown := sorted({name for name in columns.values() if name and name not in fields}):
        raise MappingInvalid(f"There is no field {unknown[0]}.", field="columns", fields=sorted(fields))
    own = {fold_title(title): fields.get(name) for title, name in columns.items()}
    best: Plan | None = None
    for place, row in enumerate(rows):
        if place >= HEADER_ROWS_MAX:
            break
        plan = _plan(row, known, own)
        if best is None or len(plan.fields) > len(best.fields):
            best = plan
    if best is None or not best.fields:
        found = [] if best is None else [title for title in best.titles if title][:50]
        raise NothingToImport("No line of column titles was found.", found=found)
    there = {one.name for one in best.fields.values()}
    missing = [one for one in mapping.fields if one.required and one.name not in there]
    if missing:
        raise ColumnsMissing(
            f"The column {missing[0].zh} ({missing[0].en}) is missing.",
            missing=[one.name for one in missing],
            titles=[one.zh for one in missing],
            found=[title for title in best.titles if title][:50],
        )
    return best


def _plan(row: SheetRow, known: Mapping[str, Field], own: Mapping[str, Field | None]) -> Plan:
    titles = tuple("" if isinstance(cell, Broken) else normalise(shown(cell)) for cell in row.cells)
    found: dict[int, Field] = {}
    taken: dict[str, str] = {}  # field → the title it was taken from
    reason = mark = None
    folded = [fold_title(title) for title in titles]
    for place, title in enumerate(folded):  # what people said, before what we guess
        chosen = own.get(title)
        if chosen is not None and title:
            if taken.setdefault(chosen.name, title) != title:
                raise MappingInvalid(f"Two columns are meant to be {chosen.name}.", field="columns")
            if chosen not in found.values():  # of two columns with one title the first counts
                found[place] = chosen
    for place, title in enumerate(folded):
        if not title or place in found or title in own:
            continue
        if titles[place] in REASON_TITLES:
            reason = place
        elif titles[place] in MARK_TITLES:
            mark = place
        elif title in known and known[title].name not in taken:
            found[place] = known[title]
            taken[known[title].name] = title
    return Plan(row.number, found, titles, reason, mark)


def has_content(row: SheetRow, plan: Plan) -> bool:
    """Whether any column that is read has something in it: lines of totals or remarks beside the table have not."""
    return any(place < len(row.cells) and not is_blank(row.cells[place]) for place in plan.fields)
