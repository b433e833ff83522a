"""The router of this module, and what several of its routes share."""

from __future__ import annotations

from ninja import Schema

from huiliu.access.edge import EdgeRouter

router = EdgeRouter(tag="partners", module="partners")


class Removed(Schema):
    """It is gone."""

    removed: bool
