"""Refusals carry a code, a kind, a remedy and the figures; a batch tells all of them."""

from __future__ import annotations

import pickle

import pytest

from huiliu.kernel import refusals as module
from huiliu.kernel.refusals import DomainError, Kind, Refusals, SeveralRefused, all_refusals


class TooManyHats(DomainError):
    """Take one hat off
    and try again.
    """

    code = "kernel.test_too_many_hats"
    kind = Kind.CONFLICT


def test_the_docstring_is_the_remedy() -> None:
    assert TooManyHats.remedy() == "Take one hat off and try again."
    refusal = TooManyHats("You wear 3 hats.", hats=3)
    assert (str(refusal), refusal.facts, refusal.kind) == ("You wear 3 hats.", {"hats": 3}, Kind.CONFLICT)


def test_every_refusal_is_in_the_registry_by_its_code() -> None:
    known = all_refusals()

    assert known["kernel.test_too_many_hats"] is TooManyHats
    assert list(known) == sorted(known)


def test_a_code_used_twice_fails_at_import() -> None:
    with pytest.raises(TypeError, match=r"already huiliu\.kernel\.refusals\.SeveralRefused"):
        type(
            "Impostor", (DomainError,), {"__doc__": "x", "code": "kernel.several_refused", "kind": Kind.BUSY}
        )

    assert all_refusals()["kernel.several_refused"] is SeveralRefused


@pytest.mark.parametrize(
    ("body", "why"),
    [({"__doc__": None, "kind": Kind.BUSY}, "docstring"), ({"__doc__": "Do it."}, "kind")],
)
def test_a_refusal_without_remedy_or_kind_fails_at_import(body: dict[str, object], why: str) -> None:
    with pytest.raises(TypeError, match=why):
        type("Half", (DomainError,), body | {"code": "kernel.test_half"})

    assert "kernel.test_half" not in module.all_refusals()


def test_a_refusal_survives_the_trip_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(TooManyHats("3", hats=3, field="head")))  # noqa: S301 - our own bytes

    assert (type(copy), str(copy), copy.facts) == (TooManyHats, "3", {"hats": 3, "field": "head"})


def test_the_place_of_a_refusal_grows_from_inside_out() -> None:
    refusal = TooManyHats("3").at("quantity").at("lines[3]")

    assert refusal.field == "lines[3].quantity"


def test_a_batch_without_refusals_raises_nothing() -> None:
    refusals = Refusals()
    with refusals.collecting("rows[0]"):
        pass
    refusals.raise_if_any()

    assert not refusals
    assert len(refusals) == 0


def test_one_refusal_of_a_batch_is_raised_as_itself() -> None:
    refusals = Refusals()
    with refusals.collecting("rows[1]"):
        raise TooManyHats("3", hats=3)

    with pytest.raises(TooManyHats) as refusal:
        refusals.raise_if_any()
    assert refusal.value.facts == {"hats": 3, "field": "rows[1]"}


def test_many_refusals_of_a_batch_are_all_told() -> None:
    refusals = Refusals()
    for row in range(3):
        with refusals.collecting(f"rows[{row}]"):
            if row != 1:
                raise TooManyHats(f"{row} hats").at("head")
    refusals.add(SeveralRefused("inner", fields=[{"field": "a", "reason": "b"}]))

    with pytest.raises(SeveralRefused) as refusal:
        refusals.raise_if_any()
    assert refusal.value.facts == {
        "fields": [
            {"field": "rows[0].head", "reason": "0 hats", "code": TooManyHats.code},
            {"field": "rows[2].head", "reason": "2 hats", "code": TooManyHats.code},
            {"field": "a", "reason": "b"},
        ],
        "codes": ["kernel.several_refused", "kernel.test_too_many_hats"],
    }


def test_a_bug_is_not_collected() -> None:
    refusals = Refusals()
    with pytest.raises(ZeroDivisionError), refusals.collecting("rows[0]"):
        _ = 1 / 0

    assert not refusals
