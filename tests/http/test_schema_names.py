"""Two shapes, or two lists of words, of one name would be one in the API document and in every client made from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import Enum
from importlib import import_module

from ninja import Schema


def below(of: type) -> list[type]:
    """Every class derived from it, at any depth."""
    return [one for child in of.__subclasses__() for one in (child, *below(child))]


def twice(classes: Iterable[type]) -> dict[str, list[str]]:
    """Names that stand for more than one of our classes, with the modules that use them."""
    by_name: dict[str, set[str]] = defaultdict(set)
    for one in classes:
        if (
            one.__module__.startswith("huiliu.")
            and ".tests." not in one.__module__
            and "[" not in one.__name__
        ):
            by_name[one.__name__].add(one.__module__)
    return {name: sorted(places) for name, places in by_name.items() if len(places) > 1}


def test_every_shape_and_every_enum_has_a_name_of_its_own():
    import_module("huiliu.entrypoints.urls")

    assert twice([*below(Schema), *below(Enum)]) == {}


def test_an_enum_of_a_name_that_is_taken_is_found():
    import_module("huiliu.entrypoints.urls")
    another = type("CartState", (), {"__module__": "huiliu.visits.types"})

    assert twice([*below(Enum), another]) == {"CartState": ["huiliu.orders.types", "huiliu.visits.types"]}
