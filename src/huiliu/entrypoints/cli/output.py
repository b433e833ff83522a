"""How a command answers: lines for people, JSON where a machine reads."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

Json = Annotated[bool, typer.Option("--json", help="Print the answer as JSON on stdout.")]


def print_answer(value: Any, *, as_json: bool) -> None:
    """Names and values on stdout; everything else a command says goes to stderr."""
    if as_json:
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")
    else:
        for name, one in value.items():
            sys.stdout.write(f"{name:<22} {one}\n")
