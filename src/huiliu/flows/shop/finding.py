"""Goods found as people type them: code, barcode, name, pinyin, initials; an index per process, made once per catalog."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from huiliu.catalog import selectors as catalog
from huiliu.catalog.errors import BarcodeInvalid
from huiliu.catalog.selectors import SkuIndex
from huiliu.catalog.types import SkuFacts
from huiliu.kernel.pinyin import fold, initials, search_text, search_words, syllables

CANDIDATES_MAX: Final = 8


@dataclass(frozen=True, slots=True)
class _Entry:
    sku: SkuFacts
    code: str
    name: str
    pinyin: str
    initials: str
    text: str  # everything a search looks into


@dataclass(frozen=True, slots=True)
class _Index:
    entries: tuple[_Entry, ...]
    by_code: dict[str, _Entry]
    by_name: dict[str, tuple[_Entry, ...]]
    units: frozenset[str]


_known: tuple[SkuIndex, _Index] | None = None


def _index() -> _Index:
    """The index of the catalog as this transaction sees it: made again only when the catalog changed."""
    global _known
    skus = catalog.sku_index()
    if _known is None or _known[0] is not skus:
        _known = (skus, _made(skus))
    return _known[1]


def _made(skus: SkuIndex) -> _Index:
    barcodes: dict[int, list[str]] = {}
    for barcode, (sku_id, _) in skus.by_barcode.items():
        barcodes.setdefault(sku_id, []).append(barcode)
    entries = tuple(
        _Entry(
            sku,
            fold(sku.code),
            fold(sku.name),
            "".join(syllables(sku.name)),
            initials(sku.name),
            " ".join([search_text(sku.code, sku.name, sku.specification), *barcodes.get(sku.id, ())]),
        )
        for sku in skus.by_id.values()
    )
    names: dict[str, list[_Entry]] = {}
    for entry in entries:
        for name in {entry.name, fold(f"{entry.sku.name}{entry.sku.specification}")}:
            names.setdefault(name.replace(" ", ""), []).append(entry)
    return _Index(
        entries,
        {entry.code: entry for entry in entries},
        {name: tuple(found) for name, found in names.items()},
        frozenset(factor.unit for sku in skus.by_id.values() for factor in sku.units),
    )


def unit_names() -> frozenset[str]:
    """Every unit that some goods are counted in."""
    return _index().units


def search(text: str, *, within: frozenset[int]) -> Iterator[SkuFacts]:
    """Goods that have every word of the text, the closest first; an empty text finds everything, by pinyin.

    Closest: the very code or barcode, a code that begins so, then initials, a name, its pinyin; else by pinyin.
    """
    words = search_words(text)
    entries = [entry for entry in _index().entries if entry.sku.id in within]
    if not words:
        return (entry.sku for entry in entries)
    found = [entry for entry in entries if all(word in entry.text for word in words)]
    barcode = _scanned(text)
    whole = fold(text)
    found.sort(key=lambda entry: _distance(entry, whole, barcode))  # stable: equals stay by pinyin
    return (entry.sku for entry in found)


def _distance(entry: _Entry, text: str, barcode_of: int | None) -> int:
    if entry.code == text or entry.sku.id == barcode_of:
        return 0
    ranks = (entry.code, entry.initials, entry.name, entry.pinyin)
    return next(
        (place for place, known in enumerate(ranks, start=1) if known.startswith(text)), len(ranks) + 1
    )


def _scanned(text: str) -> int | None:
    found = scanned(text)
    return found[0].id if found else None


def scanned(text: str) -> tuple[SkuFacts, str] | None:
    """The goods and the unit of a barcode, if the text is one that is known."""
    try:
        return catalog.sku_by_barcode(text)
    except BarcodeInvalid:
        return None


def named(key: str, *, within: frozenset[int]) -> tuple[tuple[SkuFacts, ...], str, bool]:
    """The goods that a row of a list means: candidates, the unit that a barcode names, and whether it is exact.

    A code or barcode or whole name is exact; else every goods that has all words of the key, the closest first.
    """
    index = _index()
    by_code = index.by_code.get(fold(key))
    if by_code is not None and by_code.sku.id in within:
        return (by_code.sku,), "", True
    by_barcode = scanned(key)
    if by_barcode is not None and by_barcode[0].id in within:
        return (by_barcode[0],), by_barcode[1], True
    whole = [e.sku for e in index.by_name.get(fold(key).replace(" ", ""), ()) if e.sku.id in within]
    if len(whole) == 1:
        return (whole[0],), "", True
    if not search_words(key):
        return (), "", False
    return tuple(whole) or tuple(search(key, within=within)), "", False
