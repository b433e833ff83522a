"""Identity and organizations over HTTP."""

from huiliu.access.api import clients, organizations, personal, phone, session, users, wechat
from huiliu.access.api.routing import router

__all__ = ["clients", "organizations", "personal", "phone", "router", "session", "users", "wechat"]
