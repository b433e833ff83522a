"""A POST may be sent twice and happens once: the key is taken first, in the request's own transaction.

The second caller waits on the key's row until the first transaction ends; then it gets the stored answer,
or, when the first was refused and rolled back, does the work itself.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from huiliu.platform.database import Claim, one, rows
from huiliu.platform.errors import IdempotencyKeyMissing, IdempotencyKeyReused

KEY_LENGTH_MAX = 100


def key_of(request: HttpRequest) -> str:
    """The request's key; raises IdempotencyKeyMissing when there is none or it is unusable."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key or len(key) > KEY_LENGTH_MAX or not key.isprintable():
        raise IdempotencyKeyMissing(
            "A POST needs an Idempotency-Key of 1 to 100 printable characters.", field="Idempotency-Key"
        )
    return key


def claim_of(*, request: HttpRequest, key: str, user_id: int, owner_path: str, now: datetime) -> Claim:
    """What the key of this request stands for; `database.enter` takes it."""
    route = f"{request.method} {request.path}"
    digest = hashlib.sha256(
        route.encode()
        + b"\0"
        + request.META.get("CONTENT_TYPE", "").split(";")[0].encode()
        + b"\0"
        + _body(request)
    ).digest()
    return Claim(key, user_id, owner_path, route, digest, now)


def earlier(claim: Claim) -> HttpResponse:
    """The answer that was given under a key that is taken.

    Raises: IdempotencyKeyReused when the same key came with other input.
    """
    row = one(
        "SELECT route, input_hash, status, content_type, body FROM platform_idempotency_key"
        " WHERE user_id = %s AND key = %s",
        [claim.user_id, claim.key],
    )
    if row is None or row[0] != claim.route or bytes(row[1]) != claim.input_hash:
        raise IdempotencyKeyReused("This Idempotency-Key was used for another request.", key=claim.key)
    answer = HttpResponse(bytes(row[4] or b""), status=row[2], content_type=row[3])
    answer["Idempotency-Replayed"] = "true"
    return answer


def _body(request: HttpRequest) -> bytes:
    if request.content_type == "multipart/form-data":
        # Boundaries differ between retries: the parts are what was sent.
        parts = [f"{name}={value}".encode() for name, value in sorted(request.POST.items())]
        for name, file in sorted(request.FILES.items()):
            if isinstance(file, list):  # only for the type: Django answers the last file of a name
                continue
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
            parts.append(name.encode() + b"=" + digest.digest())
        return b"\0".join(parts)
    return request.body


def finish(claim: Claim, response: HttpResponse) -> None:
    """Store the answer beside the work it answers for; both commit or neither."""
    rows(
        "UPDATE platform_idempotency_key SET status = %s, content_type = %s, body = %s"
        " WHERE user_id = %s AND key = %s",
        [
            response.status_code,
            response.get("Content-Type", ""),
            response.content,
            claim.user_id,
            claim.key,
        ],
        prepared=True,
    )
