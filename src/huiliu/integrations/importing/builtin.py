"""The entities of the modules below this one; what crosses modules is registered by `flows`."""

from __future__ import annotations

from huiliu.integrations.importing.goods import GOODS
from huiliu.integrations.importing.partners import PARTNERS
from huiliu.integrations.importing.prices import PRICES
from huiliu.integrations.importing.receipts import RECEIPTS
from huiliu.integrations.importing.registry import register
from huiliu.integrations.importing.stock import COUNTS, OPENING, SALES
from huiliu.integrations.importing.users import USERS


def register_all() -> None:
    """Called once when the application starts."""
    for entity in (PARTNERS, GOODS, PRICES, OPENING, COUNTS, SALES, RECEIPTS, USERS):
        register(entity)
