"""Where the segments of the connected database lie."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection

from huiliu.settings import ENV


def folder() -> Path:
    """`<data>/warehouse/<database>`; `WAREHOUSE_ROOT` in the settings moves it (benchmarks and tests do)."""
    root = getattr(settings, "WAREHOUSE_ROOT", None) or ENV.data / "warehouse"
    return Path(root).resolve() / str(connection.settings_dict["NAME"])
