"""Shapes of the administration API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field, StringConstraints

Reason = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
RowVersion = Annotated[int, Field(ge=0, le=2**31 - 1)]
SettingKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$", max_length=100)]


class SettingOut(Schema):
    """A setting as it stands; version 0 is the default, `limits` says what its form must know."""

    key: str
    module: str
    kind: str
    label_zh: str
    label_en: str
    help_zh: str
    help_en: str
    limits: dict[str, Any]
    value: Any
    default: Any
    inherited: Any = Field(description="What would count without this value.")
    per_seller: bool
    seller_id: int | None
    scope: str
    may_change: bool
    version: int
    updated_at: datetime | None
    updated_by: int | None


class SettingIn(Schema):
    """A new value; `version` is the one that was read, unless `If-Match` says it."""

    value: Any
    reason: Reason
    version: RowVersion | None = None
