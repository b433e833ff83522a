"""Chromium and Chinese fonts for the tests: what is there is used, else installed where the machine allows it.

Ends with one line that says what is missing when it cannot: nothing is skipped in silence.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-noto-cjk")


def found() -> str | None:
    """The browser that tests drive: HUILIU_CHROMIUM, or the first known name on the PATH."""
    return os.environ.get("HUILIU_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def has_chinese_fonts() -> bool:
    """Without them every picture is boxes; a machine without fontconfig cannot tell, so it counts as having none."""
    listing = shutil.which("fc-list")
    if listing is None:
        return False
    answer = subprocess.run([listing, ":lang=zh"], capture_output=True, text=True, check=False)  # noqa: S603 - fc-list
    return bool(answer.stdout.strip())


def install() -> str | None:
    """Install what is missing by apt, as root or by sudo without a password; what went wrong, or None."""
    apt = shutil.which("apt-get")
    if apt is None:
        return "there is no apt-get on this machine"
    may = [] if os.geteuid() == 0 else [shutil.which("sudo") or "", "-n"]
    if may and not may[0]:
        return "neither root nor sudo"
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *PACKAGES]):
        done = subprocess.run(  # noqa: S603 - apt-get with fixed words
            [*may, apt, *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["apt-get failed"])[-1]
    return None


def main() -> int:
    if found() and has_chinese_fonts():
        return 0
    sys.stdout.write("Installing Chromium and Chinese fonts ...\n")
    trouble = install()
    if trouble is None and found():
        return 0
    sys.stderr.write(
        f"The browser tests need Chromium and Chinese fonts ({trouble or 'not found after installing'}):"
        f" apt-get install {' '.join(PACKAGES)}, or set HUILIU_CHROMIUM.\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
