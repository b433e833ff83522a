"""The entities of the modules below this one; what crosses modules is registered by `flows`."""

from __future__ import annotations

from huiliu.integrations.importing.partners import PARTNERS
from huiliu.integrations.importing.registry import register


def register_all() -> None:
    """Called once when the application starts."""
    register(PARTNERS)
