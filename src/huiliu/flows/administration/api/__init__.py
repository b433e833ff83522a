"""Settings, modules, the audit trail, custom fields and comments over HTTP."""

from huiliu.flows.administration.api import custom_fields, modules, settings

__all__ = ["custom_fields", "modules", "settings"]
