"""Two shapes of one name would be one shape in the API document and in every client made from it."""

from __future__ import annotations

from collections import defaultdict
from importlib import import_module

from ninja import Schema


def shapes(of: type[Schema]) -> list[type[Schema]]:
    return [one for child in of.__subclasses__() for one in (child, *shapes(child))]


def test_every_shape_of_the_api_has_a_name_of_its_own():
    import_module("huiliu.entrypoints.urls")
    by_name: dict[str, set[str]] = defaultdict(set)
    for shape in shapes(Schema):
        if shape.__module__.startswith("huiliu.") and "[" not in shape.__name__:
            by_name[shape.__name__].add(shape.__module__)

    assert {name: sorted(places) for name, places in by_name.items() if len(places) > 1} == {}
