"""Whatever the API says of an input has words in the languages of its readers, and so have the names it sends."""

from __future__ import annotations

import ast
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import PydanticKnownError, core_schema

from huiliu.integrations.importing.words import translated
from huiliu.kernel.refusals import all_refusals
from huiliu.policies import wording as audiences
from huiliu.pricing.rules import diff, wording
from huiliu.testing.actors import a_brand, an_actor
from huiliu.testing.api import Api

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "huiliu"
I18N = ROOT / "web" / "shared" / "i18n"
REASONS: dict[str, str] = json.loads((I18N / "reasons.json").read_text("utf-8"))
#: Only Python's own objects can be wrong in these ways; no shape of the API has such a part.
NEVER_IN_JSON = re.compile(
    r"(dataclass|named_tuple|needs_python|frozen_dict|ordered_dict|counter|deque|is_instance|is_subclass|callable"
    r"|arguments?_|missing_argument|missing_keyword|missing_positional|unexpected_|multiple_argument|missing_sentinel"
    r"|ellipsis|complex|fraction)"
)


@cache
def classes() -> frozenset[str]:
    """The names of all refusals, wherever they are declared."""
    return frozenset(one.__name__ for one in all_refusals().values())


def template(node: ast.expr) -> str | None:
    """The text with `{}` where a value goes; None for one that another sentence makes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return None


def said_of_inputs() -> dict[str, str]:
    """Every sentence that a refusal says of a named input, with where it is said."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in classes() and any(one.arg == "field" for one in node.keywords):
                text = template(node.args[0])
                if text:
                    found[text] = f"{path.relative_to(SOURCE)}:{node.lineno}"
    return found


def test_every_sentence_about_an_input_has_chinese_words():
    said = said_of_inputs()
    assert len(said) > 250
    assert {text: place for text, place in said.items() if text not in REASONS} == {}


def message_of(kind: str) -> str:
    """The sentence of one kind of mistake, `{}` where a value goes."""
    context: dict[str, Any] = {}
    for _ in range(12):
        try:
            return re.sub(r"\{\w+\}", "{}", PydanticKnownError(kind, context).message_template)
        except TypeError as needs:
            asked = re.search(r"'(\w+)' (?:required|context value must be an? (\w+))", str(needs))
            if not asked:
                raise
            context[asked[1]] = "x" if asked[2] in (None, "String") else 1
    raise AssertionError(kind)


@pytest.mark.parametrize(
    "kind", [one for one in get_args(core_schema.ErrorType) if not NEVER_IN_JSON.match(one)]
)
def test_every_kind_of_mistake_in_a_shape_has_chinese_words(kind):
    assert message_of(kind) in REASONS


@pytest.mark.parametrize("english", REASONS)
def test_words_put_every_value_where_the_sentence_has_one(english):
    places = {int(one) for one in re.findall(r"\{(\d)\}", REASONS[english])}
    assert all(place < english.count("{}") for place in places)
    assert not re.search(r"\{\}", REASONS[english])


def test_real_mistakes_are_said_in_chinese():
    class Shape(BaseModel):
        name: str
        amount: int

    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Shape).validate_python({"amount": "x", "other": 1})
    assert [translated(one["msg"]) for one in refused.value.errors()] == ["必须填写", "须为整数"]
    assert translated("String should have at most 40 characters") == "最多 40 个字符"
    assert translated("1.2.3 is not a price.") == "1.2.3 不是价格"
    assert translated("1.2.3 is not a price.", "zh-Hant") == "1.2.3 不是價格"
    assert translated("Nobody has ever said this.") == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/settings", "/modules", "/custom-fields/entities", "/imports/entities", "/exports", "/metrics"]
)
def test_every_name_that_the_server_sends_has_traditional_characters(path):
    names = json.loads((I18N / "zh-Hant.json").read_text("utf-8"))["server"]
    answer = Api(an_actor(a_brand())).get(path).json()

    assert {one for one in chinese(answer) if one not in names} == set()


def chinese(node: Any, key: str = "") -> set[str]:
    """The texts under `label_zh`, `title_zh`, `zh` … of an answer."""
    if isinstance(node, dict):
        return set().union(*(chinese(value, name) for name, value in node.items()))
    if isinstance(node, list):
        return set().union(*(chinese(value, key) for value in node))
    return (
        {node}
        if isinstance(node, str) and node and key.rsplit("_", maxsplit=1)[-1] == "zh" and key[:4] != "note"
        else set()
    )


def states() -> set[str]:
    """Every state that a document can be in: refusals name it as a fact."""
    found: set[str] = set()
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))) if "tests" not in path.parts else ():
            if isinstance(node, ast.ClassDef) and node.name.endswith(("State", "Status")):
                for one in node.body:
                    if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name):
                        found.add(str(getattr(one.value, "value", one.targets[0].id)))  # or auto()
    return {one for one in found if re.fullmatch("[A-Z_]+", one)}


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_state_that_a_refusal_names_has_words(language):
    words = json.loads((I18N / language / "refusals.json").read_text("utf-8"))["values"]
    assert states() - set(words) == set()


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_every_finding_about_a_price_list_has_words(language):
    review = (SOURCE / "pricing" / "rules" / "review.py").read_text("utf-8")
    known = json.loads((I18N / language / "prices.json").read_text("utf-8"))["finding"]
    names = set(re.findall(r"pricing\.lint\.([a-z_]+)", review))

    assert names
    assert {name for name in names if known.get(name, {}).keys() < {"title", "remedy"}} == set()


@pytest.mark.parametrize(
    "words", [audiences._WORDS, wording._WORDS, wording._LEVELS, diff._WORDS, diff._HEAD]
)
def test_sentences_of_the_server_exist_in_every_language(words):
    assert set(words) == {"zh-Hans", "zh-Hant", "en"}
    assert words["zh-Hans"].keys() == words["zh-Hant"].keys()
    assert {key for key in words["en"].keys() ^ words["zh-Hans"].keys() if len(str(key)) > 1} == set()
