"""The importer and the lists from the command line: the same rules, the rights of a named user."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from huiliu.access.types import Role
from huiliu.entrypoints.cli.sheets import run_sheet_export, run_sheet_import
from huiliu.integrations.command_line import actor_named, read_column_file
from huiliu.integrations.errors import MappingInvalid
from huiliu.partners.models import Partner
from huiliu.platform.errors import NotFound
from huiliu.testing.actors import a_brand, a_user, an_organization
from huiliu.testing.sheets import a_csv

pytestmark = pytest.mark.django_db


def brought(path: Path, **more):
    options: dict[str, Any] = {
        "path": path, "entity": "partners", "mode": "UPSERT", "mapping": None, "options": (), "sheet": "",
        "username": "", "errors": None, "dry_run": False, "as_json": True,
    } | more  # fmt: skip
    return run_sheet_import(**options)


def test_a_file_with_a_mapping_is_imported_and_refused_rows_lie_beside_it(tmp_path):
    a_user(a_brand(), Role.ADMINISTRATOR)
    path = a_csv(tmp_path / "sap.csv", "KUNNR,NAME1,REM", "1,甲,x", "2,,y")
    mapping = tmp_path / "sap.toml"
    mapping.write_text('[columns]\nKUNNR = "code"\nNAME1 = "name"\nREM = ""\n', encoding="utf-8")

    dry, dry_status = brought(path, mapping=mapping, dry_run=True)
    assert Partner.objects.count() == 0
    told, status = brought(path, mapping=mapping)

    assert (dry_status, status) == (1, 1)
    assert dry["inserted"] == told["inserted"] == 1
    assert told["ignored_columns"] == ["REM"]
    assert [(one["row"], one["cell"]) for one in told["problems"]] == [(3, "B3")]
    assert "【名称】" in Path(told["errors_file"]).read_text("utf-8-sig")
    assert json.dumps(told)


@pytest.mark.parametrize(
    "more",
    [
        {"entity": "nothing"},
        {"mode": "MERGE"},
        {"options": ("broken",)},
        {"username": "nobody"},
        {"path": Path("/nowhere/at/all.csv")},
    ],
)
def test_what_cannot_be_done_ends_with_a_reason_a_remedy_and_exit_code_2(tmp_path, capsys, more):
    a_user(a_brand(), Role.ADMINISTRATOR)

    with pytest.raises(SystemExit) as ended:
        brought(**({"path": a_csv(tmp_path / "p.csv", "编码,名称", "1,甲")} | more))

    assert ended.value.code == 2
    assert "→" in capsys.readouterr().err
    assert Partner.objects.count() == 0


def test_a_named_user_imports_and_exports_only_what_it_may(tmp_path):
    brand = a_brand()
    dealer = an_organization(parent=brand)
    a_user(brand, Role.ADMINISTRATOR, username="boss")
    a_user(dealer, Role.OWNER, username="lao-ban")
    path = a_csv(tmp_path / "p.csv", "编码,名称", "JS1,甲")

    with pytest.raises(SystemExit) as refused:
        brought(path, username="lao-ban")
    brought(path, username="boss")
    told = run_sheet_export(
        name="partners", target=tmp_path / "all.xlsx", filters=(), username="boss", as_json=True
    )
    own = run_sheet_export(
        name="partners", target=tmp_path / "own.csv", filters=(), username="lao-ban", as_json=True
    )

    assert refused.value.code == 2
    assert (told["rows"], own["rows"]) == (1, 0)
    assert openpyxl.load_workbook(tmp_path / "all.xlsx").active["A2"].value == "JS1"
    assert actor_named("").user_id == actor_named("boss").user_id
    with pytest.raises(NotFound):
        actor_named("nobody")


def test_a_broken_mapping_file_is_refused(tmp_path):
    (tmp_path / "m.toml").write_text("columns = 3", encoding="utf-8")

    with pytest.raises(MappingInvalid):
        read_column_file(tmp_path / "m.toml")
