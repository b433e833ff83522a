"""The WSGI application of the web workers."""

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


threading.Thread(target=_load_prices, name="prices", daemon=True).start()
