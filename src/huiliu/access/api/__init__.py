"""Identity and organizations over HTTP."""

from huiliu.access.api import clients, organizations, personal, session, users
from huiliu.access.api.routing import router

__all__ = ["clients", "organizations", "personal", "router", "session", "users"]
