"""What is large travels packed to whoever takes it, and is the same answer."""

from __future__ import annotations

import gzip
import json

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory

from huiliu.platform.http.packing import WORTH_BYTES, packed

LONG = json.dumps({"version": 1, "words": "渠道" * WORTH_BYTES}).encode()


def answered(response, accepts="gzip, deflate, br"):
    """What `packed` makes of a view's answer for somebody who takes `accepts`."""
    request = RequestFactory().get("/api/v1/anything", headers={"Accept-Encoding": accepts})
    return packed(lambda _: response)(request)


def a_json(body=LONG, **headers):
    return HttpResponse(body, content_type="application/json", headers=headers)


@pytest.mark.parametrize("accepts", ["gzip", "br;q=1.0, gzip;q=0.8", "deflate, gzip"])
def test_a_long_answer_is_packed(accepts):
    answer = answered(a_json(ETag='"v1.abc"'), accepts)

    assert gzip.decompress(answer.content) == LONG
    assert (answer["Content-Encoding"], answer["Vary"]) == ("gzip", "Accept-Encoding")
    assert int(answer["Content-Length"]) == len(answer.content) < len(LONG) / 10
    assert answer["ETag"] == 'W/"v1.abc"'


@pytest.mark.parametrize("accepts", ["", "br", "identity", "gzip;q=0", "gzip; q=0.0, br"])
def test_who_takes_no_gzip_gets_the_answer_as_it_is(accepts):
    answer = answered(a_json(ETag='"v1.abc"'), accepts)

    assert (answer.content, answer["ETag"]) == (LONG, '"v1.abc"')
    assert answer["Vary"] == "Accept-Encoding"  # what a cache keeps of it is for the likes of them
    assert not answer.has_header("Content-Encoding")


@pytest.mark.parametrize(
    "response",
    [
        a_json(LONG[: WORTH_BYTES - 1]),
        a_json(**{"Content-Encoding": "br"}),
        HttpResponse(LONG, content_type="image/png"),
        StreamingHttpResponse([LONG], content_type="text/event-stream"),
    ],
    ids=["short", "packed already", "a picture", "a stream"],
)
def test_what_would_not_gain_is_left_alone(response):
    before = dict(response.headers)

    assert dict(answered(response).headers) == before


def test_one_cannot_tell_the_length_of_what_was_packed():
    """Somebody who lets a page ask again and again with guesses measures lengths, which are never the same."""
    assert len({len(answered(a_json()).content) for _ in range(40)}) > 5


def test_the_server_packs_the_document_of_its_api(db):
    plain = Client().get("/api/v1/openapi.json")
    answer = Client().get("/api/v1/openapi.json", headers={"Accept-Encoding": "gzip"})

    assert not plain.has_header("Content-Encoding")
    assert gzip.decompress(answer.content) == plain.content
    assert len(answer.content) < len(plain.content) / 5
