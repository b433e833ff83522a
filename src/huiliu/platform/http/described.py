"""Response models made once per kind of answer, and described once.

ninja makes a pydantic class for each answer of each operation: 2,933 for 183 kinds, because every operation refuses in
the same shape. Making them took 1.1 s of every process's start, describing them 3.3 s of each OpenAPI document.
"""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

_make = Operation._create_response_model  # noqa: SLF001 - ninja has no door for it
_made: dict[Any, Any] = {}


def _shared_model(operation: Operation, response: Any) -> Any:
    try:
        known = _made.get(response)
    except TypeError:  # an annotation that cannot be hashed
        return _make(operation, response)
    if known is None and response is not None:
        known = _made[response] = _make(operation, response)
    return known


def share_response_models() -> None:
    """From here on operations that answer in the same shape have the same class. Before the first operation is made."""
    Operation._create_response_model = _shared_model  # type: ignore[assignment,method-assign] # noqa: SLF001


class Document(OpenAPISchema):
    """The OpenAPI document of `api`; each model described once per direction."""

    def __init__(self, api: NinjaAPI, path_prefix: str) -> None:
        self._described: dict[tuple[Any, ...], Any] = {}
        super().__init__(api, path_prefix)

    def _create_schema_from_model(
        self, model: Any, by_alias: bool = True, remove_level: bool = True, mode: Any = "validation"
    ) -> Any:
        key = (model, by_alias, remove_level, mode)
        if key not in self._described:
            self._described[key] = super()._create_schema_from_model(model, by_alias, remove_level, mode)
        return self._described[key]
