"""The WSGI application of the web workers."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiliu.settings")

from django.core.wsgi import get_wsgi_application

from huiliu.platform import logs

logs.configure()

application = get_wsgi_application()
