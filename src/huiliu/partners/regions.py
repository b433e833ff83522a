"""Administrative divisions (GB/T 2260): reading published tables, and the one that comes with Huiliu."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from huiliu.kernel.text import normalise
from huiliu.partners import rules
from huiliu.partners.errors import RegionUnknown
from huiliu.partners.types import RegionRow

PACKAGED = Path(__file__).parent / "data" / "regions.json"


def packaged_regions() -> list[RegionRow]:
    """Provinces, cities and districts as they come with this release, by code."""
    return list(rows_of(json.loads(PACKAGED.read_text(encoding="utf-8")).items()))


def read_table(text: str) -> Iterator[RegionRow]:
    """The rows of a published table: CSV with `code` and `name`, a JSON list of such objects, or `{code: name}`.

    Codes may be short (`11`, `1101`) as in the usual province, city, area and street files.
    Raises: RegionUnknown for a code of another shape, or when the columns are missing.
    """
    clean = text.lstrip("\ufeff").strip()
    if clean.startswith(("{", "[")):
        found = json.loads(clean)
        pairs = (
            found.items()
            if isinstance(found, dict)
            else ((row.get("code", ""), row.get("name", "")) for row in found)
        )
        return rows_of(pairs)
    reader = csv.DictReader(io.StringIO(clean))
    if not {"code", "name"} <= set(reader.fieldnames or ()):
        raise RegionUnknown("The table needs the columns code and name.", field="file")
    return rows_of((row["code"], row["name"]) for row in reader)


def rows_of(pairs: Iterable[tuple[str, str]]) -> Iterator[RegionRow]:
    """Codes with names as divisions, each with its level and parent."""
    for raw, name in pairs:
        code = rules.region_code(str(raw))
        level = rules.region_level(code)
        yield RegionRow(code, normalise(str(name)), rules.region_parent(code), level)
