"""ETag, If-Match and If-None-Match: an edit names the version it read, a reader asks only for what changed.

An ETag is `"v<version>.<digest>"`: the version is the row's, the digest that of the whole answer, which may change
without it (a contact was added). An edit compares the version, a reader's `If-None-Match` the whole.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import MutableMapping
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from huiliu.platform.errors import InvalidInput, VersionMissing

_TAG = re.compile(r'\s*(?:W/)?"v([0-9]{1,10})(?:\.[0-9a-f]{1,64})?"\s*')
PATTERN = r'^(W/)?"v[0-9]{1,10}(\.[0-9a-f]{1,64})?"$'


def tag_of(body: bytes) -> str | None:
    """The ETag of a JSON object with a `version`; None for any other."""
    value = orjson.loads(body)
    version = value.get("version") if isinstance(value, dict) else None
    if not isinstance(version, int):
        return None
    return f'"v{version}.{hashlib.sha256(body).hexdigest()[:16]}"'


def version_asked(request: HttpRequest) -> int | None:
    """The version that `If-Match` names; None without the header or for `*`.

    Raises: InvalidInput for what is not one of our ETags.
    """
    header = request.headers.get("If-Match", "").strip()
    if header in ("", "*"):
        return None
    found = _TAG.fullmatch(header)
    if found is None:
        raise InvalidInput("If-Match takes the one ETag that you read.", field="If-Match")
    return int(found.group(1))


def put_version(request: HttpRequest, body: Any, *, required: bool) -> None:
    """Make the version of `If-Match` the body's, where the services look for it.

    Raises: VersionMissing (428) when neither says it, InvalidInput when the two disagree.
    """
    if not isinstance(body, MutableMapping):
        return  # refused by its schema
    asked, given = version_asked(request), body.get("version")
    if asked is None:
        if given is None and required:
            raise VersionMissing("Say which version you read.", field="version")
        return
    if given is not None and given != asked:
        raise InvalidInput("If-Match and version name two versions.", field="If-Match")
    body["version"] = asked


def answer(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with its ETag, or 304 when the reader has it."""
    if response.status_code != 200:
        return response
    tag = tag_of(response.content)
    if tag is None:
        return response
    wanted = request.headers.get("If-None-Match", "")
    known = {one.strip().removeprefix("W/") for one in wanted.split(",")}
    if request.method == "GET" and (tag in known or "*" in known):
        response = HttpResponse(status=304)
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response
