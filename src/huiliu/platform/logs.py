"""Logs of every process: one line an event on stderr, for people or (HUILIU_LOG=json) for machines."""

from __future__ import annotations

import logging
import os
import sys

import structlog


def configure() -> None:
    """Once per process. Faults carry their traceback but never the values of variables: those may be secret."""
    as_json = os.environ.get("HUILIU_LOG") == "json"
    render: structlog.typing.Processor = (
        structlog.processors.JSONRenderer()
        if as_json
        else structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([structlog.processors.format_exc_info] if as_json else []),
            render,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells addresses, and some carry a secret
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(asctime)s %(name)s %(message)s")
