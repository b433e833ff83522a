"""Jobs and files for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from typing import Any

from huiliu.entrypoints.worker import job_actor
from huiliu.platform import jobs
from huiliu.platform.jobs import registry, running
from huiliu.platform.jobs.types import JobState
from huiliu.platform.settings_types import Words
from huiliu.testing.actors import NOW


def run_next(*, now: datetime = NOW) -> JobState | None:
    """Run the job that waits longest as the worker does; None when nothing waits. Needs `committed_db`."""
    claimed = running.claim(now=now)
    if claimed is None:
        return None
    return running.run(claimed, actor_for=job_actor, progress=jobs.Progress(), now=now)


@contextmanager
def a_kind(handler: Any, *, params: Any, name: str = "test.work", **options: Any) -> Iterator[str]:
    """A kind of work that exists inside the block."""
    settings: dict[str, Any] = {"scope": "session:use", "words": Words("测试", "Test")} | options
    jobs.kind(name, params=params, **settings)(handler)
    try:
        yield name
    finally:
        del registry._kinds[name]  # noqa: SLF001 - what was offered for a test goes with it


def a_picture(*, size: tuple[int, int] = (40, 30), form: str = "PNG", **options: Any) -> bytes:
    """The bytes of a drawn picture."""
    from PIL import Image

    drawn = BytesIO()
    Image.new("RGB", size, (20, 90, 160)).save(drawn, form, **options)
    return drawn.getvalue()
