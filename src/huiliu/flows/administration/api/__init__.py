"""Settings, modules, the audit trail, custom fields, comments and the system's health over HTTP."""

from huiliu.flows.administration.api import audit, comments, custom_fields, modules, settings, system

__all__ = ["audit", "comments", "custom_fields", "modules", "settings", "system"]
