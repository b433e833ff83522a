"""The catalogue in traditional Chinese, drafted from the simplified one with Taiwan's words (OpenCC s2twp).

    python scripts/traditional.py           writes web/shared/i18n/zh-Hant.json and zh-Hant-store.json
    python scripts/traditional.py --check   exits 1 when they are not what the simplified catalogues say now

What OpenCC gets wrong stands in `OVERRIDES`, by namespace and key.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from opencc import OpenCC

from huiliu.insights.dimensions import DIMENSIONS
from huiliu.integrations.importing.mapping import Field, entity_mappings

ROOT = Path(__file__).parents[1]
I18N = ROOT / "web/shared/i18n"
SOURCE = ROOT / "src/huiliu"
METRICS = SOURCE / "insights" / "metrics"
TARGET = I18N / "zh-Hant.json"
#: The store loads only what its pages say.
STORE_TARGET = I18N / "zh-Hant-store.json"
#: Words of the trade that OpenCC's general dictionary changes into something else.
WORDS = {
    "質量": "品質",
    "賬號": "帳號",
    "賬戶": "帳戶",
    "對賬": "對帳",
    "賬期": "帳期",
    "記賬": "記帳",
    "賬": "帳",
    "程式碼": "代碼",  # the code of a thing, not of a program
    "釋出": "發佈",
    "單元格": "儲存格",
    "稽核": "審核",
    "型別": "類型",
    "許可權": "權限",
    "繫結": "綁定",
    "引數": "參數",  # of the house, not of a function
    "物件": "對象",  # whom or what it is about
    "衝回": "沖回",
    "衝減": "沖減",
    "“": "「",
    "”": "」",
}
#: Calls whose first Chinese argument is a name the server sends beside its English one.
PAIRS = frozenset({"Words", "Option", "ExportList", "Column"})
HAN = re.compile(r"[\u4e00-\u9fff]")
OVERRIDES: dict[str, str] = {"common.language.zh-Hans": "简体中文", "common.language.zh-Hant": "繁體中文"}


def traditional(node: Any, converter: OpenCC, path: str = "") -> Any:
    """The same tree with every text converted."""
    if isinstance(node, dict):
        return {
            key: traditional(value, converter, f"{path}.{key}" if path else key)
            for key, value in node.items()
        }
    if path in OVERRIDES:
        return OVERRIDES[path]
    text = converter.convert(node)
    for wrong, right in WORDS.items():
        text = text.replace(wrong, right)
    return text


def catalogues() -> dict[Path, str]:
    """Every file to write with its content: the console's and the store's."""
    converter = OpenCC("s2twp")
    found = {
        path.stem: traditional(json.loads(path.read_text("utf-8")), converter, path.stem)
        for path in sorted((I18N / "zh-Hans").glob("*.json"))
    }
    store = {name: found.pop(name) for name in list(found) if name.startswith("store")}
    store["refusals"] = found["refusals"]
    found["reasons"] = traditional(
        json.loads((I18N / "reasons.json").read_text("utf-8")), converter, "reasons"
    )
    store["reasons"] = found["reasons"]
    found["server"] = {text: traditional(text, converter) for text in sorted(server_words())}
    return {
        path: json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        for path, content in ((TARGET, found), (STORE_TARGET, store))
    }


def server_words() -> set[str]:
    """What the server itself calls its things, in simplified characters: every `Words("…", "…")` of settings, modules,
    jobs and fields, metrics and dimensions, and what can be imported and taken out.
    """
    words = {dimension.zh for dimension in DIMENSIONS.values()}
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" not in path.parts:
            words |= _named_in(path)
    for mapping in entity_mappings().values():
        words |= {
            mapping.zh,
            mapping.note_zh,
            *(text for field in mapping.fields for text in _of_field(field)),
        }
    for path in sorted(METRICS.glob("*.toml")):
        for metric in tomllib.loads(path.read_text("utf-8")).get("metrics", {}).values():
            words |= {metric["zh"], metric["explanation_zh"]}
    return words - {""}


def _of_field(field: Field) -> Iterator[str]:
    """Its title, what it wants and what its drop-down offers."""
    yield from (field.zh, field.note_zh, *field.words("zh-Hans"))


def _named_in(path: Path) -> set[str]:
    """The Chinese of every pair of names that a source file gives to a thing."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in PAIRS:
            given = [*node.args, *(one.value for one in node.keywords if one.arg == "zh")]
            texts = [one.value for one in given if isinstance(one, ast.Constant)]
            found |= {text for text in texts if isinstance(text, str) and HAN.search(text)}
    return found


def main() -> int:
    for path, text in catalogues().items():
        if "--check" not in sys.argv:
            path.write_text(text, "utf-8")
        elif not path.exists() or path.read_text("utf-8") != text:
            sys.stderr.write(f"{path} is not current: run `make openapi`.\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
