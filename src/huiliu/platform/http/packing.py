"""Answers are packed for the way: on a weak network what is asked for is there sooner.

Files that never change lie packed beside themselves (whitenoise); this is for what is worked out anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.text import compress_string

#: What fits into one packet arrives no sooner when it is smaller.
WORTH_BYTES = 1_400
_ACCEPTS_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_TEXTS = ("application/json", "application/problem+json", "text/")
#: As Django's own middleware does: a name of random length hides how well a secret beside somebody's guess was packed
#: (BREACH).
_RANDOM_BYTES = 100


def packed(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Texts of some size travel as gzip to whoever takes it; streams and files stay as they are.

    The ETag becomes a weak one: it is the same answer, not the same bytes.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not isinstance(response, HttpResponse) or not _is_worth(response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if _ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", "")):
            _pack(response)
        return response

    return middleware


def _is_worth(response: HttpResponse) -> bool:
    return (
        response.get("Content-Type", "").startswith(_TEXTS)
        and not response.has_header("Content-Encoding")
        and len(response.content) >= WORTH_BYTES
    )


def _pack(response: HttpResponse) -> None:
    response.content = compress_string(response.content, max_random_bytes=_RANDOM_BYTES)
    response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
    if response.get("ETag", "").startswith('"'):
        response["ETag"] = f"W/{response['ETag']}"
