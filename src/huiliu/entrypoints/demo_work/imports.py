"""Files that were brought in: one went through, one has rows that were refused, one was only checked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import xlsxwriter
from django.db import transaction

from huiliu.demo import content
from huiliu.entrypoints.demo_work.world import World, id_of
from huiliu.entrypoints.worker import job_actor
from huiliu.integrations import services as integrations
from huiliu.integrations.types import ImportDraft
from huiliu.platform import files
from huiliu.platform.database import reach_as
from huiliu.platform.jobs import Progress, running

TITLES = ("编码", "名称", "统一社会信用代码", "等级", "区划代码", "电话")


def sheets() -> tuple[tuple[str, list[Sequence[str]], bool], ...]:
    """(name, rows, whether it was applied after the check)."""
    good = [
        (f"N{number:04d}", f"新拓客户{content.distributor_name('苏州', number + 900)}", content.uscc("320500", number + 900), "C", "320500", content.phone(number + 7000))
        for number in range(6)
    ]  # fmt: skip
    bad = [
        ("D0015", "苏州盛达酒水饮料批发部", "91320500MA1234567X", "C", "320500", content.phone(7100)),
        ("D0801", "", content.uscc("320500", 801), "C", "320500", content.phone(7101)),
        (
            "D0802",
            "无锡四海食品贸易有限公司",
            content.uscc("320200", 802),
            "C",
            "999999",
            content.phone(7102),
        ),
        ("D0803", "常州长青商贸有限公司", content.uscc("320400", 803), "C", "320400", "12345"),
        (
            "D0804",
            "南通泰和供应链管理有限公司",
            content.uscc("320600", 804),
            "B",
            "320600",
            content.phone(7104),
        ),
    ]
    return (
        ("新客户登记表.xlsx", [TITLES, *good], True),
        ("客户资料修订（业务员汇总）.xlsx", [TITLES, *bad], True),
        ("十二月拓展名单（待核对）.xlsx", [TITLES, *bad[1:]], False),
    )


def bring_in(world: World) -> None:
    """Upload, check, apply: the jobs run here as the worker would run them."""
    for number, (name, rows, applied) in enumerate(sheets()):
        actor, now = world["sales"], datetime.now(UTC)
        import_id = id_of(now, "import", number)
        with transaction.atomic(), reach_as(actor.reach, user_id=actor.user_id):
            kept = files.keep(
                actor=actor, source=[_workbook(rows)], name=name, use=files.Use.SHEET, private=True, now=now
            )
            draft = ImportDraft(entity="partners", file_id=kept.id)
            integrations.create_import(actor=actor, import_id=import_id, draft=draft, now=now)
        _work()
        if applied:
            with transaction.atomic(), reach_as(actor.reach, user_id=actor.user_id):
                integrations.run_import(actor=actor, import_id=import_id, now=datetime.now(UTC))
            _work()


def _workbook(rows: Sequence[Sequence[str]]) -> bytes:
    content_ = io.BytesIO()
    book = xlsxwriter.Workbook(content_, {"in_memory": True})
    sheet = book.add_worksheet("客户")
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    return content_.getvalue()


def _work() -> None:
    """Every job that waits, one after the other."""
    while (claimed := running.claim(now=datetime.now(UTC))) is not None:
        running.run(
            claimed,
            actor_for=job_actor,
            progress=Progress(stopping=lambda: False),
            now=datetime.now(UTC),
        )
