"""Settings, modules, the audit trail, custom fields and comments over HTTP."""

from huiliu.flows.administration.api import audit, comments, custom_fields, modules, settings

__all__ = ["audit", "comments", "custom_fields", "modules", "settings"]
