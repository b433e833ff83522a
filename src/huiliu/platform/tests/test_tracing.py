"""Traces say what ran and how it ended, join the caller's, tell no values; switched off nothing is loaded."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from huiliu.platform import events, tracing
from huiliu.testing.api import Api
from huiliu.testing.trade import a_channel

pytestmark = pytest.mark.django_db
CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def traces() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    tracing.use(provider)
    yield exporter
    tracing.use(None)


def test_a_request_is_told_by_its_route_in_the_trace_of_its_caller(traces):
    channel = a_channel()
    traces.clear()
    Api(channel.owner).raw("GET", f"/orders/{uuid4()}", headers={"traceparent": CALLER})

    [span] = traces.get_finished_spans()
    assert span.name == "GET api/v1/orders/<order_id>"
    told = dict(span.attributes)
    assert len(told.pop("huiliu.request_id")) == 16
    assert told == {
        "http.request.method": "GET",
        "http.route": "api/v1/orders/<order_id>",
        "http.response.status_code": 404,
    }
    assert f"{span.context.trace_id:032x}" == CALLER.split("-")[1]
    assert f"{span.parent.span_id:016x}" == CALLER.split("-")[2]
    assert span.status.status_code is StatusCode.UNSET  # a refusal is no fault


def test_events_are_told_with_who_hears_them_and_how_many(traces, monkeypatch):
    heard: list[Any] = []
    monkeypatch.setattr(events, "read_after", lambda **_: [SimpleNamespace(xid=1, id=1)] * 3)

    assert events.consume(name="notices", limit=10, now=datetime.now(UTC), handler=heard.extend) == 3

    [span] = traces.get_finished_spans()
    assert (span.name, dict(span.attributes), len(heard)) == ("consume notices", {"huiliu.events": 3}, 3)


def test_what_fails_is_told_by_its_class_and_without_its_words(traces):
    with pytest.raises(ValueError, match="李四"), tracing.span("work", huiliu__events=2):
        raise ValueError("李四 owes 12.50")

    [span] = traces.get_finished_spans()
    assert (span.name, dict(span.attributes), list(span.events)) == ("work", {"huiliu.events": 2}, [])
    assert (span.status.status_code, span.status.description) == (StatusCode.ERROR, "ValueError")


def test_off_a_span_does_nothing_and_loads_nothing():
    program = (
        "import sys\n"
        "from huiliu.platform import tracing\n"
        "tracing.configure(endpoint='', process='web')\n"
        "with tracing.span('work', huiliu__events=1) as span:\n"
        "    span.name('other'); span.tell(a=1); span.fail('no')\n"
        "print([name for name in sys.modules if name.startswith('opentelemetry')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_an_endpoint_without_the_extra_is_refused_with_the_remedy(monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(SystemExit, match=r"pip install 'huiliu\[otel\]'"):
        tracing.configure(endpoint="http://127.0.0.1:4318", process="web")
