"""Money and quantities as the tables of orders keep them."""

from __future__ import annotations

from django.db import models


class Amount(models.DecimalField):
    """Money already rounded to the currency's exponent, or a quantity in base units."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_digits", 20)
        kwargs.setdefault("decimal_places", 6)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
