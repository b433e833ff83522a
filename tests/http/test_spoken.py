"""What the server says in the reader's language the console asks anew when another one is chosen."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from huiliu.access.edge import all_operations
from huiliu.testing.calls import reached, reads
from tests.browser.places import asked_anew

#: Paths that know the language and of which no screen keeps a sentence.
EXCEPTIONS = {
    "/api/v1/session": "the language itself, as a fact",
    "/api/v1/metrics/export": "a file, made when it is asked for",
}


def speaks(view: Any) -> bool:
    """Whether the answer can depend on the reader's language: it comes to the server only as the actor's `locale`."""
    return any(reads(function, "locale") for function in reached(view) if "huiliu" in function.__module__)


def spoken() -> set[str]:
    """The path of every operation that speaks."""
    import_module("huiliu.entrypoints.urls")
    return {
        f"/api/v1{path}"
        for path, found in all_operations().path_operations.items()
        if any(speaks(operation.view_func) for operation in found.operations)
    }


def test_what_speaks_is_asked_anew_in_another_language():
    known = (*asked_anew(), *EXCEPTIONS)

    forgotten = {path for path in spoken() if not path.startswith(known)}

    assert forgotten == set(), "put its path into SPOKEN of web/console/src/i18n/setup.ts"


def test_nothing_else_is_asked_anew_or_excused():
    silent = [one for one in (*asked_anew(), *EXCEPTIONS) if not any(p.startswith(one) for p in spoken())]

    assert silent == []


def test_the_search_would_find_one_behind_others():
    def said(request: Any) -> Any:
        return [request.actor.locale for _ in request]

    def silent(request: Any) -> Any:
        return request.actor.organization_path

    assert speaks(said) is False, "a test's own function is none of ours"
    said.__module__ = silent.__module__ = "huiliu.made_up"
    assert speaks(said) is True
    assert speaks(silent) is False
