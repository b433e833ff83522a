"""Fields of the inventory API. Quantities are decimal strings in base units."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

Text = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Word = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")]
Note = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
Id = Annotated[int, Field(ge=1, le=2**53)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]
Units = Annotated[Decimal, Field(ge=-(10**9), le=10**9, decimal_places=6, allow_inf_nan=False)]
Positive = Annotated[Decimal, Field(ge=0, le=10**9, decimal_places=6, allow_inf_nan=False)]
# Days that calendars and lot texts can hold: no arithmetic on them leaves the range of dates.
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]
