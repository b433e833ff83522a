"""The WSGI application of the web workers."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiliu.settings")

from django.core.wsgi import get_wsgi_application
from django.db import connection

from huiliu.platform import logs

logs.configure()

application = get_wsgi_application()

from huiliu.access.checks import refuse_bypass  # noqa: E402 - after the set-up

refuse_bypass()
connection.close()
