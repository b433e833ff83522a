"""The WSGI application of the web workers."""

import gc
import os
import threading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiliu.settings")

import structlog
from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection

from huiliu.platform import logs, tracing
from huiliu.settings import ENV

logs.configure()
tracing.configure(endpoint=ENV.otel_endpoint, process="web")

application = get_wsgi_application()

from huiliu.access.checks import refuse_bypass  # noqa: E402 - after the set-up

refuse_bypass()
connection.close()


#: Objects made and not given back before the youngest are looked through. An order makes some thousands, nearly all
#: given back when its answer is sent; at Python's 700 the collector walked through each order several times.
COLLECT_AFTER = 20_000


def _be_ready() -> None:
    """Everything that lives as long as the process stands, and the collector need not walk through it again."""
    _load_prices()
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 20, 20)


def _load_prices() -> None:
    """The book of prices in force, before somebody's first quote waits for it."""
    from huiliu.platform.database import system_reach
    from huiliu.pricing.services import current_book

    try:
        with system_reach("policy-snapshot"):
            current_book()
    except DatabaseError:
        structlog.get_logger("huiliu.web").exception(
            "prices were not loaded at start; the first quote loads them"
        )
    finally:
        connection.close()


threading.Thread(target=_be_ready, name="ready", daemon=True).start()
