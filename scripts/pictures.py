"""Pictures for the README from a running demo: `make demo`, then `.venv/bin/python scripts/pictures.py`.

HUILIU_URL names the server (http://127.0.0.1:8000); Chromium is the one on the PATH, or HUILIU_CHROMIUM.
"""

from __future__ import annotations

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

URL = os.environ.get("HUILIU_URL", "http://127.0.0.1:8000")
TARGET = Path("docs/pictures")
PASSWORD = "huiliu-demo-2026"  # noqa: S105 - printed at every start of the demo
DESK, PHONE = (1440, 900), (390, 844)
SETTLE_MS = 3500

#: file, who, size of the window, address
PICTURES = (
    ("desk", "admin", DESK, "/"),
    ("orders", "sales", DESK, "/orders"),
    ("stock", "warehouse", DESK, "/stock"),
    ("analysis", "analyst", DESK, "/explore"),
    ("balances", "finance", DESK, "/balances"),
    ("dealer-orders", "dealer", PHONE, "/orders"),
    ("dealer-stock", "keeper", PHONE, "/stock"),
    ("store-home", "dealer", PHONE, "/store/#/pages/home/index"),
    ("store-find", "buyer", PHONE, "/store/#/pages/find/index"),
    ("store-money", "dealer", PHONE, "/store/#/packages/mine/money/index"),
)


def chromium() -> str:
    """Where the browser is; ends with one line when there is none."""
    found = os.environ.get("HUILIU_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        sys.exit("No Chromium: apt-get install chromium, or set HUILIU_CHROMIUM.")
    return found


def sign_in(page: Page, username: str) -> None:
    page.goto(f"{URL}/")
    page.get_by_label("用户名或手机号").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda address: "sign-in" not in address)
    page.wait_for_timeout(SETTLE_MS)


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        for name, who, (width, height), address in PICTURES:
            context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
            page = context.new_page()
            sign_in(page, who)
            page.goto(URL + address)
            page.wait_for_timeout(SETTLE_MS)
            picture = Image.open(BytesIO(page.screenshot()))
            picture.save(TARGET / f"{name}.webp", quality=80, method=6)
            context.close()
            sys.stdout.write(f"{name}.webp {(TARGET / f'{name}.webp').stat().st_size // 1024} KB\n")
        browser.close()


if __name__ == "__main__":
    main()
