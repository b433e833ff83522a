"""Upload → check → look → run → progress → error file → only the failures → cancel, over HTTP and the worker."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import psycopg
import pytest

from huiliu.access.types import Actor, Role
from huiliu.integrations import stored_files
from huiliu.integrations.importing import engine
from huiliu.kernel.ids import uuid7
from huiliu.orders.models import Order
from huiliu.partners.models import Partner
from huiliu.platform import jobs
from huiliu.platform.database import system_reach
from huiliu.platform.embedded import test_cluster as shared_cluster
from huiliu.platform.jobs.types import JobState
from huiliu.testing.actors import a_brand, acting, an_actor, an_organization
from huiliu.testing.api import Api
from huiliu.testing.platform import run_next
from huiliu.testing.sheets import a_csv, a_workbook
from huiliu.testing.trade import a_channel

ROWS = (("编码", "名称", "等级"), ("JS1", "甲", "A"), ("JS2", "", "A"), ("JS3", "丙", "A"))


def now() -> datetime:
    return datetime.now(UTC)


def uploaded(actor: Actor, path: Path) -> str:
    with acting(actor):
        return str(stored_files.keep(actor=actor, path=path, name=path.name, now=now()).id)


def created(actor: Actor, path: Path, entity: str = "partners", **more: Any) -> dict[str, Any]:
    body = {"id": str(uuid7()), "entity": entity, "file_id": uploaded(actor, path), **more}
    answer = client(actor).post("/imports", body)
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def client(actor: Actor | None = None) -> Api:
    """A client that is signed in."""
    with system_reach("tests"):
        return Api(actor)


def look(actor: Actor, import_id: str) -> dict[str, Any]:
    found: dict[str, Any] = client(actor).get(f"/imports/{import_id}").json()
    return found


@pytest.fixture
def staff(committed_db: str) -> Actor:
    with system_reach("tests"):
        return an_actor(a_brand(), Role.SALES_OPERATIONS)


def partners() -> list[str]:
    with system_reach("tests"):
        return list(Partner.objects.order_by("code").values_list("code", flat=True))


def test_the_whole_way_of_a_file_with_a_mistake(staff, tmp_path):
    path = a_workbook(tmp_path / "客户.xlsx", *ROWS)

    made = created(staff, path)
    assert (made["state"], made["allowed_actions"]) == ("CHECKING", ["cancel"])
    assert [(one["column"], one["field"]) for one in made["plan"]["columns"]] == [
        ("A", "code"), ("B", "name"), ("C", "tier"),
    ]  # fmt: skip
    assert run_next() is JobState.DONE

    checked = look(staff, made["id"])
    assert partners() == []
    assert checked["state"] == "CHECKED"
    assert {name: checked["checked"][name] for name in ("rows", "inserted", "failed")} == {
        "rows": 3, "inserted": 2, "failed": 1,
    }  # fmt: skip
    problems = client(staff).get(f"/imports/{made['id']}/problems").json()["items"]
    assert [(one["row"], one["cell"], one["code"]) for one in problems] == [(3, "B3", "imports.cell_empty")]
    assert problems[0]["reason"].startswith("【名称】")

    assert client(staff).post(f"/imports/{made['id']}/run").json()["state"] == "RUNNING"
    assert client(staff).post(f"/imports/{made['id']}/run").status_code == 409
    assert run_next() is JobState.DONE

    done = look(staff, made["id"])
    assert done["state"] == "DONE"
    assert done["result"] == checked["checked"]
    assert set(done["allowed_actions"]) == {"check", "run", "retry"}
    assert partners() == ["JS1", "JS3"]

    with acting(staff):
        back = stored_files.fetch(file_id=done["error_file_id"])
    assert back.name == "客户-errors.xlsx"
    book = openpyxl.load_workbook(BytesIO(back.path.read_bytes()))
    book.active["B3"] = "乙"
    book.save(tmp_path / "改.xlsx")
    corrected = created(staff, tmp_path / "改.xlsx")
    run_next()
    client(staff).post(f"/imports/{corrected['id']}/run")
    run_next()

    result = look(staff, corrected["id"])["result"]
    assert (result["inserted"], result["passed_over"], result["failed"]) == (1, 2, 0)
    assert partners() == ["JS1", "JS2", "JS3"]


def test_what_failed_is_tried_again_alone_once_its_reason_is_gone(staff, tmp_path):
    path = a_csv(tmp_path / "p.csv", "编码,名称,上级编码", "JS1,甲,HD", "JS2,乙,")
    made = created(staff, path)
    run_next()
    client(staff).post(f"/imports/{made['id']}/run")
    run_next()
    assert look(staff, made["id"])["result"]["failed"] == 1
    with system_reach("tests"):
        brand = Partner.objects.get().organization.parent
        an_organization(kind="BRANCH", parent=brand, code="HD")

    assert client(staff).post(f"/imports/{made['id']}/retry").json()["state"] == "RUNNING"
    assert run_next() is JobState.DONE

    found = look(staff, made["id"])
    assert {name: found["result"][name] for name in ("rows", "inserted", "unchanged", "failed")} == {
        "rows": 2, "inserted": 2, "unchanged": 0, "failed": 0,
    }  # fmt: skip
    assert found["error_file_id"] is None
    assert client(staff).get(f"/imports/{made['id']}/problems").json()["items"] == []
    again = client(staff).post(f"/imports/{made['id']}/retry")
    assert (again.status_code, again.json()["code"]) == (409, "imports.nothing_failed")


def test_stopped_between_two_chunks_what_stands_stands_and_the_rest_follows_later(
    staff, tmp_path, monkeypatch
):
    monkeypatch.setattr(engine, "CHUNK_ROWS", 2)
    path = a_csv(tmp_path / "p.csv", "编码,名称", *[f"JS{number},伙伴{number}" for number in range(6)])
    made = created(staff, path)
    run_next()
    client(staff).post(f"/imports/{made['id']}/run")
    told: list[int] = []
    advance = jobs.Progress.advance

    def stopping(self: jobs.Progress, done: int, total: int | None = None, message: str = "") -> None:
        told.append(done)
        if done == 2:
            assert client(staff).post(f"/imports/{made['id']}/cancel").status_code == 200
            self.cancel()  # as the watch says it half a second later
        advance(self, done, total, message)

    monkeypatch.setattr(jobs.Progress, "advance", stopping)
    assert run_next() is JobState.CANCELLED
    monkeypatch.setattr(jobs.Progress, "advance", advance)

    stopped = look(staff, made["id"])
    assert told == [0, 2]
    assert (stopped["state"], stopped["result"]["inserted"], stopped["result"]["cancelled"]) == (
        "CANCELLED",
        2,
        True,
    )
    assert partners() == ["JS0", "JS1"]
    client(staff).post(f"/imports/{made['id']}/run")
    run_next()
    finished = look(staff, made["id"])["result"]
    assert (finished["inserted"], finished["unchanged"], finished["cancelled"]) == (4, 2, False)
    assert len(partners()) == 6


def test_a_worker_that_dies_half_way_leaves_whole_chunks_and_the_next_one_ends_the_work(
    staff, tmp_path, monkeypatch
):
    monkeypatch.setattr(engine, "CHUNK_ROWS", 2)
    path = a_csv(tmp_path / "p.csv", "编码,名称", *[f"JS{number},伙伴{number}" for number in range(5)])
    made = created(staff, path)
    run_next()
    client(staff).post(f"/imports/{made['id']}/run")
    whole = engine.Engine._chunk

    def dying(self: engine.Engine, units: Any) -> None:
        whole(self, units)
        if self.outcome.totals.inserted == 4:
            raise RuntimeError("power is gone")

    monkeypatch.setattr(engine.Engine, "_chunk", dying)
    assert run_next() is JobState.FAILED
    assert partners() == ["JS0", "JS1"]  # the second chunk's transaction went with it

    broken = look(staff, made["id"])
    assert (broken["state"], broken["result"]) == ("REFUSED", None)
    monkeypatch.setattr(engine.Engine, "_chunk", whole)
    client(staff).post(f"/imports/{made['id']}/run")
    assert run_next() is JobState.DONE
    result = look(staff, made["id"])["result"]
    assert (result["inserted"], result["unchanged"], result["failed"]) == (3, 2, 0)


def test_an_import_is_seen_by_who_brought_it_and_by_headquarters(committed_db, tmp_path):
    with system_reach("tests"):
        channel = a_channel(stock="1000")
        buyer, other = an_actor(channel.dealer, Role.BUYER), channel.other_owner
    made = created(buyer, a_csv(tmp_path / "o.csv", "货号,数量", "W550,3"), entity="orders")
    run_next()

    assert look(buyer, made["id"])["state"] == "CHECKED"
    assert client(channel.staff).get(f"/imports/{made['id']}").status_code == 200
    for stranger in (other, channel.owner):
        assert client(stranger).get(f"/imports/{made['id']}").status_code == 404
        assert client(stranger).get(f"/imports/{made['id']}/problems").status_code == 404
        assert client(stranger).post(f"/imports/{made['id']}/run").status_code == 404
        assert client(stranger).post(f"/imports/{made['id']}/cancel").status_code == 404
        assert client(stranger).get("/imports").json()["items"] == []
    stolen = {"id": str(uuid7()), "entity": "orders", "file_id": uploaded(buyer, tmp_path / "o.csv")}
    assert client(other).post("/imports", stolen).status_code == 404
    client(buyer).post(f"/imports/{made['id']}/run")
    assert run_next() is JobState.DONE
    with system_reach("tests"):
        assert Order.objects.get().buyer_id == channel.dealer.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/imports"),
        ("get", "/imports/entities"),
        ("get", "/imports/entities/partners/template"),
        ("get", "/imports/mappings"),
        ("get", "/exports"),
        ("post", "/exports"),
        ("post", "/exports/download"),
    ],
)
def test_nobody_asks_without_signing_in_or_without_the_scope(method, path):
    analyst = an_actor(a_brand(), Role.ANALYST)

    assert getattr(client(), method)(path).status_code == 401
    if path.startswith("/imports"):
        assert getattr(client(analyst), method)(path).status_code == 403


@pytest.mark.django_db
def test_one_imports_only_what_the_own_role_may_write(tmp_path):
    brand = a_brand()
    finance = an_actor(brand, Role.FINANCE)
    buyer = an_actor(an_organization(parent=brand), Role.BUYER)
    path = a_csv(tmp_path / "p.csv", "编码,名称", "JS1,甲")
    body = {"id": str(uuid7()), "entity": "partners", "file_id": uploaded(finance, path)}

    answer = client(finance).post("/imports", body)

    assert (answer.status_code, answer.json()["code"]) == (403, "platform.scope_missing")
    names = [one["name"] for one in client(buyer).get("/imports/entities").json()["items"]]
    assert names == ["orders"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lines", "more", "status", "code"),
    [
        (("foo,bar", "1,2"), {}, 422, "imports.nothing_to_import"),
        (("编码,等级", "1,2"), {}, 422, "imports.columns_missing"),
        (("编码,名称", "1,2"), {"columns": {"名称": "nope"}}, 422, "imports.mapping_invalid"),
        (("编码,名称", "1,2"), {"options": {"x": "y"}}, 422, "imports.option_missing"),
        (("编码,名称", "1,2"), {"entity": "nothing"}, 404, "imports.entity_unknown"),
        (("编码,名称", "1,2"), {"mapping_id": 99}, 422, "imports.mapping_invalid"),
        (("编码,含税单价", "1,2"), {"entity": "prices"}, 422, "imports.option_missing"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_at_once_and_nothing_is_begun(
    tmp_path, lines, more, status, code
):
    actor = an_actor(a_brand())
    body = {
        "id": str(uuid7()),
        "entity": "partners",
        "file_id": uploaded(actor, a_csv(tmp_path / "p.csv", *lines)),
        **more,
    }

    answer = client(actor).post("/imports", body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert client(actor).get("/imports").json()["items"] == []
    with acting(actor):
        assert jobs.list_jobs(actor=actor) == []


@pytest.mark.django_db
def test_a_kept_mapping_is_used_when_it_fits_and_partners_keep_none(tmp_path):
    brand = a_brand()
    actor = an_actor(brand)
    owner = an_actor(an_organization(parent=brand), Role.OWNER)
    body = {"entity": "partners", "name": "老系统", "columns": {"KUNNR": "code", "NAME1": "name", "REM": ""}}

    kept = client(actor).post("/imports/mappings", body)
    refused = client(owner).post("/imports/mappings", body)
    made = created(actor, a_csv(tmp_path / "p.csv", "KUNNR,NAME1,REM", "1,甲,x"))

    assert (kept.status_code, refused.status_code) == (201, 403)
    assert made["plan"]["ignored"] == ["REM"]
    assert [one["field"] for one in made["plan"]["columns"]] == ["code", "name", ""]
    assert [one["name"] for one in client(owner).get("/imports/mappings").json()["items"]] == ["老系统"]
    mapping_id = kept.json()["id"]
    assert client(owner).delete(f"/imports/mappings/{mapping_id}").status_code == 403
    assert client(actor).delete(f"/imports/mappings/{mapping_id}").json() == {"removed": True}
    assert client(actor).delete(f"/imports/mappings/{mapping_id}").status_code == 404


@pytest.mark.django_db
def test_templates_and_short_lists_are_downloaded_as_files(tmp_path):
    brand = a_brand()
    actor = an_actor(brand)

    template = client(actor).get("/imports/entities/skus/template")
    listed = client(actor).get("/exports").json()
    csv = client(actor).post("/exports/download", {"name": "users", "format": "csv"})
    unknown = client(actor).post("/exports/download", {"name": "secrets"})

    assert template.status_code == 200
    assert template.content.startswith(b"PK")
    assert template["Content-Disposition"].startswith("attachment")
    assert {"partners", "orders", "stock"} <= {one["name"] for one in listed["items"]}
    assert csv.content.decode("utf-8-sig").splitlines()[0].startswith("用户名,姓名")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "exports.list_unknown")


def test_a_long_list_is_made_by_the_worker_into_a_file_of_ones_own(staff):
    started = client(staff).post("/exports", {"name": "partners", "format": "xlsx"}).json()
    assert run_next() is JobState.DONE

    with acting(staff):
        job = jobs.find_job(actor=staff, job_id=started["job_id"])
        assert job.result == {"list": "partners", "format": "xlsx", "rows": 0}
        assert job.result_file_id is not None
        file = stored_files.fetch(file_id=job.result_file_id)
    assert openpyxl.load_workbook(BytesIO(file.path.read_bytes())).active["A1"].value == "编码"


def test_what_still_waits_is_cancelled_at_once_and_may_be_checked_again(staff, tmp_path):
    made = created(staff, a_csv(tmp_path / "p.csv", "编码,名称", "JS1,甲"))

    cancelled = client(staff).post(f"/imports/{made['id']}/cancel").json()
    assert run_next() is None
    again = client(staff).put(
        f"/imports/{made['id']}/columns", {"version": cancelled["version"], "columns": {"名称": "name"}}
    )
    stale = client(staff).put(f"/imports/{made['id']}/columns", {"version": 1, "columns": {}})

    assert (cancelled["state"], cancelled["allowed_actions"]) == ("CANCELLED", ["check", "run"])
    assert (again.status_code, again.json()["state"], stale.status_code) == (200, "CHECKING", 409)
    assert run_next() is JobState.DONE
    assert look(staff, made["id"])["checked"]["inserted"] == 1
    assert partners() == []


def test_a_row_that_somebody_else_holds_is_refused_as_busy_and_the_others_are_taken(
    staff, committed_db, tmp_path
):
    head = ("编码", "名称", "等级")
    path = a_workbook(
        tmp_path / "p.xlsx", head, *[(f"JS{number}", f"伙伴{number}", "A") for number in range(3)]
    )
    made = created(staff, path)
    run_next()
    client(staff).post(f"/imports/{made['id']}/run")
    run_next()
    path = a_workbook(
        tmp_path / "q.xlsx", head, *[(f"JS{number}", f"伙伴{number}", "B") for number in range(3)]
    )
    changed = created(staff, path)
    run_next()
    client(staff).post(f"/imports/{changed['id']}/run")

    url = psycopg.conninfo.make_conninfo(shared_cluster().super_, dbname=committed_db)
    with psycopg.connect(url) as other:
        other.execute("SELECT 1 FROM partners_partner WHERE code = 'JS1' FOR UPDATE")
        assert run_next() is JobState.DONE

    result = look(staff, changed["id"])["result"]
    assert (result["updated"], result["failed"]) == (2, 1)
    problems = client(staff).get(f"/imports/{changed['id']}/problems").json()["items"]
    assert [(one["row"], one["code"]) for one in problems] == [(3, "platform.busy")]
    client(staff).post(f"/imports/{changed['id']}/retry")
    run_next()
    result = look(staff, changed["id"])["result"]
    assert (result["rows"], result["updated"], result["failed"]) == (3, 3, 0)
