"""Every operation of the API, asked what its document allows and what it forbids: never a fault.

schemathesis makes the requests from the OpenAPI document; half of the ids are those of documents that exist.
`Api` fails a test whose answer the document does not declare. HUILIU_FUZZ_EXAMPLES asks more.
"""

from __future__ import annotations

import contextlib
import operator
import os
import random
from functools import partial
from itertools import groupby
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core import NOT_SET
from schemathesis.core.result import Ok

from huiliu.ledger import selectors as ledger
from huiliu.platform.database import SYSTEM_REACH, set_reach
from huiliu.testing.api import Api
from tests.hardening.world import World, a_world

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("HUILIU_FUZZ_EXAMPLES", "6"))


def operations() -> list[Any]:
    from huiliu.entrypoints.api import document
    from huiliu.entrypoints.urls import API

    schema = schemathesis.openapi.from_dict(document(API))
    return [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]


def with_known(value: Any, known: Any, choice: random.Random, name: str = "") -> Any:
    """The value with half of the fields that name something replaced by the name of something that is there."""
    if isinstance(value, dict):
        return {key: with_known(inner, known, choice, key) for key, inner in value.items()}
    if name in known and not isinstance(value, list | dict) and choice.random() < 0.6:
        return choice.choice(known[name])
    if isinstance(value, list):
        return [with_known(inner, known, choice, name) for inner in value]
    return value


def text_of(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) or value is None else str(value)


def ask(api: Api, case: Any, world: World) -> Any:
    """Send one generated request; None when HTTP cannot carry it at all."""
    choice = random.Random(repr((case.path_parameters, case.query, case.body)))  # noqa: S311 - not a secret
    path = case.path
    for name, value in with_known(dict(case.path_parameters or {}), world.known, choice).items():
        path = path.replace("{" + name + "}", quote(text_of(value), safe=""))
    try:
        query = urlencode(
            {
                k: [text_of(x) for x in v] if isinstance(v, list) else text_of(v)
                for k, v in dict(case.query or {}).items()
            },
            doseq=True,
        )
    except UnicodeEncodeError:
        return None
    headers = {k: v for k, v in dict(case.headers or {}).items() if v.isascii() and v.isprintable()}
    if choice.random() < 0.8 or not headers.get("Idempotency-Key"):
        headers["Idempotency-Key"] = str(uuid4())
    body = None if case.body is NOT_SET else with_known(case.body, world.known, choice)
    path = path.removeprefix("/api/v1") + (f"?{query}" if query else "")
    if case.media_type == "multipart/form-data" and isinstance(body, dict):
        parts = {
            key: SimpleUploadedFile("list.csv", value) if isinstance(value, bytes) else text_of(value)
            for key, value in body.items()
            if value is not None
        }
        return api._send(case.method, path, multipart=parts, headers=headers)
    return api._send(case.method, path, body=body, headers=headers)


@pytest.fixture
def world() -> World:
    return a_world()


def faults_of(
    operation: Any, *, mode: GenerationMode, api: Api, world: World, examples: int
) -> tuple[list[str], set[int]]:
    """What was a fault among the generated requests, and every status that was answered."""
    faults: list[str] = []
    answered: set[int] = set()

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        point = transaction.savepoint()
        try:
            answer = ask(api, case, world)
        finally:
            transaction.savepoint_rollback(point)
            set_reach(SYSTEM_REACH, user_id=None)
        if answer is None:
            return
        answered.add(answer.status_code)
        if answer.status_code >= 500:
            words = b"".join(answer).decode(errors="replace")[:300]
            faults.append(f"{case.path_parameters} {case.query} {case.body!r:.600} → {words}")

    with contextlib.suppress(Unsatisfiable):  # nothing can be wrong with a request that has no input
        send()
    return faults, answered


def by_resource() -> list[Any]:
    """The operations in groups that share one channel: what is asked is undone, the channel is not made again."""
    key = operator.attrgetter("path")
    groups = groupby(sorted(operations(), key=key), key=lambda one: one.path.split("/")[3])
    return [pytest.param(list(group), id=resource) for resource, group in groups]


@pytest.mark.parametrize("group", by_resource())
def test_no_request_is_a_fault_and_no_answer_a_surprise(group: list[Any], world: World) -> None:
    faults = [fault for operation in group for fault in faults_of_all(operation, world)]

    assert faults == []
    assert ledger.prove() == []


def faults_of_all(operation: Any, world: World) -> list[str]:
    """Of an operation asked by everybody, allowed and forbidden things; never an answer at all is one, too."""
    found: list[str] = []
    answered: set[int] = set()
    name = f"{operation.method} {operation.path}"
    for who, actor in world.actors.items():
        asked = partial(faults_of, operation, api=Api(actor), world=world)
        # Whoever lacks the right is refused before the request is read: a second one proves nothing more.
        _, first = asked(mode=GenerationMode.POSITIVE, examples=1)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            faults, statuses = asked(mode=mode, examples=1 if first == {403} else EXAMPLES)
            found += [f"{name} as {who}: {fault}" for fault in faults]
            answered |= statuses
    return found if answered else [*found, f"{name}: no request could be made"]
