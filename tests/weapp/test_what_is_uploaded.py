"""The mini-program that was built passes WeChat's own compilers; each check refuses what it is there to refuse."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STORE = ROOT / "web" / "store"
BUILT = STORE / "dist" / "weapp"
COMPILERS = ROOT / "tools" / "weapp-check"
Break = Callable[[Path], None]


def node(*arguments: str | Path, server: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("node")), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
        env=os.environ | {"HUILIU_SERVER": server},
    )


@pytest.fixture(scope="module")
def server() -> str:
    """The origin it was built for; without a build or the compilers there is nothing to be skipped, it fails."""
    record = BUILT.parent / "weapp.json"
    if not record.exists():
        pytest.fail("The mini-program is not built: make weapp", pytrace=False)
    if not (COMPILERS / "node_modules").exists():
        pytest.fail("WeChat's compilers are not installed: make weapp-check", pytrace=False)
    return str(json.loads(record.read_text())["server"])


@pytest.fixture
def copy(tmp_path: Path, server: str) -> Path:
    return Path(shutil.copytree(BUILT, tmp_path / "weapp"))


def test_wechats_compilers_accept_it(server: str):
    done = node(COMPILERS / "check.mjs", BUILT)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("   ok  ") == 5


def test_it_may_be_uploaded(copy: Path, server: str):
    done = node(STORE / "scripts" / "finish-weapp.mjs", copy, server=server)

    assert done.returncode == 0, done.stdout + done.stderr
    weights = json.loads((BUILT.parent / "weapp.json").read_text())["bytes"]
    assert weights[""] <= 1.2 * 1024 * 1024
    assert all(weight < 2 * 1024 * 1024 for weight in weights.values())


def _without_a_page(folder: Path) -> None:
    (folder / "pages" / "cart" / "index.wxml").unlink()


def _open_template(folder: Path) -> None:
    path = folder / "base.wxml"
    path.write_text(path.read_text().replace("</template>", "", 1))


def _broken_sheet(folder: Path) -> None:
    path = folder / "common.wxss"
    path.write_text(path.read_text() + "\n.a { color: red; \n} } .b >>> { {")


def _heavy(folder: Path) -> None:
    (folder / "photo.png").write_bytes(b"\0" * 1_300_000)


@pytest.mark.parametrize(
    ("harm", "check"),
    [
        (_without_a_page, "the whole app (miniprogram-ci)"),
        (_open_template, "templates (wcc)"),
        (_open_template, "templates (glass-easel)"),
        (_broken_sheet, "sheets (wcsc)"),
        (_heavy, "size of every package"),
    ],
)
def test_the_compilers_refuse_what_is_broken(copy: Path, harm: Break, check: str):
    harm(copy)

    done = node(COMPILERS / "check.mjs", copy, check)

    assert done.returncode == 1, done.stdout + done.stderr
    assert f"WRONG  {check}" in done.stdout


def _browser_name(folder: Path) -> None:
    path = folder / "pages" / "home" / "index.js"
    path.write_text(path.read_text() + ";window.location.reload();")


def _stranger(folder: Path) -> None:
    path = folder / "pages" / "home" / "index.js"
    path.write_text(path.read_text() + ';var picture="https://cdn.elsewhere.cn/a.png";')


def _bad_script(folder: Path) -> None:
    (folder / "pages" / "home" / "index.js").write_text("const = 1;")


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (_without_a_page, "pages/cart/index.wxml is missing"),
        (_browser_name, "pages/home/index.js uses window"),
        (_stranger, "pages/home/index.js names cdn.elsewhere.cn"),
        (_bad_script, "pages/home/index.js: SyntaxError"),
        (_heavy, "more than 1229 KB"),
    ],
)
def test_what_must_not_be_uploaded_is_named(copy: Path, server: str, harm: Break, words: str):
    harm(copy)

    done = node(STORE / "scripts" / "finish-weapp.mjs", copy, server=server)

    assert done.returncode == 1
    assert words in done.stderr


@pytest.mark.parametrize(
    "address", ["http://shop.example.cn", "https://shop.example.cn/store", "https://other.example.cn"]
)
def test_the_server_is_an_https_origin_and_the_one_it_was_built_for(copy: Path, address: str):
    assert node(STORE / "scripts" / "finish-weapp.mjs", copy, server=address).returncode == 1
