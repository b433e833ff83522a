"""`python -m huiliu.entrypoints.openapi [--check]`: write docs/reference/openapi.json, or say that it is not current."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import orjson

TARGET = Path("docs/reference/openapi.json")


def text() -> bytes:
    """The document as it is committed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiliu.settings")
    import django

    django.setup()
    from huiliu.entrypoints.api import document
    from huiliu.entrypoints.urls import API

    return (
        orjson.dumps(
            document(API),
            default=str,
            option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS,
        )
        + b"\n"
    )


def main() -> int:
    """0 when the file is current (after writing it, unless --check)."""
    current = text()
    if "--check" in sys.argv:
        if not TARGET.exists() or TARGET.read_bytes() != current:
            sys.stderr.write("docs/reference/openapi.json is not current: run `make openapi`.\n")
            return 1
        return 0
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(current)
    return 0


if __name__ == "__main__":
    sys.exit(main())
