"""Each piece of the worker's recurring work runs as the worker runs it: with no reach but the one it takes itself."""

from __future__ import annotations

import pytest

from huiliu.entrypoints import worker
from huiliu.platform.database import system_reach
from huiliu.testing.platform import run_round
from huiliu.testing.trade import a_channel

NAMES = sorted(item.name for item in worker.schedule())


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_on_a_channel_at_rest(committed_db: str, name: str) -> None:
    assert committed_db
    with system_reach("tests"):
        a_channel()

    run_round(name)
