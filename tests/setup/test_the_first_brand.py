"""From nothing to a brand, with the commands a newcomer types."""

from __future__ import annotations

import json

from tests.setup.conftest import Installation


def test_a_newcomer_is_led_to_the_brand_and_makes_it_once(an_installation_with_tables: Installation) -> None:
    installation = an_installation_with_tables
    early = installation.huiliu("user", "li", "--password", "teapot-57-lantern")
    assert (early.returncode, "huiliu brand create" in early.stderr) == (1, True)

    made = installation.huiliu("brand", "create", "沐禾食品", "--administrator", "wang", "--json")
    told = json.loads(made.stdout)
    assert (told["brand"], told["warehouse"], told["administrator"]) == ("沐禾食品", "HQ-01", "wang")
    assert len(told["one_time_password"]) == 16

    again = installation.huiliu("brand", "create", "另一家", "--json")
    assert (again.returncode, again.stdout, "沐禾食品 stands here already" in again.stderr) == (2, "", True)
