"""What an operation can reach, read from the code itself: what has to be true of every path needs no run of each."""

from __future__ import annotations

import dis
import types
from collections.abc import Container, Iterator
from functools import cache
from typing import Any


def _codes(function: Any) -> Iterator[types.CodeType]:
    """The function's code, and that of everything written inside it."""
    codes = [function.__code__]
    while codes:
        code = codes.pop()
        codes += [const for const in code.co_consts if isinstance(const, types.CodeType)]
        yield code


@cache
def _asked(function: Any) -> frozenset[str]:
    """The attributes that the function asks of anything."""
    return frozenset(
        step.argval
        for code in _codes(function)
        for step in dis.get_instructions(code)
        if step.opname in ("LOAD_ATTR", "LOAD_METHOD")
    )


@cache
def _called(function: Any) -> frozenset[Any]:
    """The functions that this one names, as `name` or `module.name`, in nested ones too; of a class of ours that it
    names, what making one calls and the methods of whose names it asks for any.
    """
    return frozenset(_named(function, asked={"__init__", *_asked(function)}))


def _named(function: Any, *, asked: Container[str]) -> Iterator[Any]:
    for code in _codes(function):
        found: Any = None
        for step in dis.get_instructions(code):
            if step.opname == "LOAD_GLOBAL":
                found = function.__globals__.get(step.argval)
            elif step.opname in ("LOAD_ATTR", "LOAD_METHOD") and isinstance(found, types.ModuleType):
                found = getattr(found, step.argval, None)
            else:
                continue
            if isinstance(found, types.FunctionType):
                yield found
            elif isinstance(found, type) and "huiliu" in found.__module__:
                yield from (
                    one
                    for name, one in vars(found).items()
                    if name in asked and isinstance(one, types.FunctionType)
                )


def reached(view: Any) -> Iterator[Any]:
    """The view and every function of ours that it can come to through names; not through objects handed in."""
    open_functions, seen = [view], set()
    while open_functions:
        function = open_functions.pop()
        if function in seen:
            continue
        seen.add(function)
        yield function
        if "huiliu" not in function.__module__:
            continue
        wrapped = getattr(function, "__wrapped__", None)
        open_functions += [wrapped] if wrapped else []
        open_functions += _called(function)


def reads(function: Any, attribute: str) -> bool:
    """Whether the function itself asks anything for that attribute."""
    return attribute in _asked(function)
