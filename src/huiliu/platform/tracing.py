"""Traces by OpenTelemetry where an endpoint is set: of requests, of events given to consumers, of jobs.

`HUILIU_OTEL_ENDPOINT=http://collector:4318` and the extra `otel` switch them on. Switched off, nothing of OpenTelemetry
is loaded, and a span is a call that does nothing. Names are routes and kinds, never values; of an exception only its
class is told: its words may hold what is nobody else's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

_tracer: Any = None
_propagator: Any = None


class Span(Protocol):
    """What of a span may be said once more is known."""

    def name(self, name: str) -> None: ...
    def tell(self, **attributes: str | int | bool) -> None: ...
    def fail(self, reason: str) -> None: ...


class _Nothing:
    def name(self, name: str) -> None: ...
    def tell(self, **attributes: str | int | bool) -> None: ...
    def fail(self, reason: str) -> None: ...


class _Traced:
    def __init__(self, span: Any) -> None:
        self._span = span

    def name(self, name: str) -> None:
        self._span.update_name(name)

    def tell(self, **attributes: str | int | bool) -> None:
        for key, value in attributes.items():
            self._span.set_attribute(key.replace("__", "."), value)

    def fail(self, reason: str) -> None:
        from opentelemetry.trace import Status, StatusCode

        self._span.set_status(Status(StatusCode.ERROR, reason))


_NOTHING = _Nothing()


def configure(*, endpoint: str, process: str) -> None:
    """Send the traces of this process to the collector at `endpoint`; nothing without one. Once per process.

    Raises: SystemExit when the extra is not installed.
    """
    if not endpoint:
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # type: ignore[import-not-found] # an extra
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        raise SystemExit(
            "HUILIU_OTEL_ENDPOINT is set, but OpenTelemetry is not installed: pip install 'huiliu[otel]',"
            " or take the setting away."
        ) from None
    provider = TracerProvider(resource=Resource.create({"service.name": f"huiliu-{process}"}))
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(exporter))
    use(provider)


def use(provider: Any | None) -> None:
    """Trace with this provider from now on; None switches tracing off."""
    global _tracer, _propagator
    if provider is None:
        _tracer = _propagator = None
        return
    from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

    _tracer, _propagator = provider.get_tracer("huiliu"), TraceContextTextMapPropagator()


@contextmanager
def span(name: str, *, parent: str = "", **attributes: str | int | bool) -> Iterator[Span]:
    """A stretch of work; `parent` is the caller's `traceparent`. In attribute names `__` stands for a dot."""
    if _tracer is None:
        yield _NOTHING
        return
    context = _propagator.extract({"traceparent": parent}) if parent else None
    with _tracer.start_as_current_span(
        name, context=context, record_exception=False, set_status_on_exception=False
    ) as current:
        told = _Traced(current)
        told.tell(**attributes)
        try:
            yield told
        except Exception as error:
            told.fail(type(error).__name__)
            raise
