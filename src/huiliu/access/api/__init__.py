"""Identity and organizations over HTTP."""

from huiliu.access.api import clients, organizations, session, users
from huiliu.access.api.routing import router

__all__ = ["clients", "organizations", "router", "session", "users"]
