"""Settings, modules, the audit trail, custom fields and comments over HTTP."""

from huiliu.flows.administration.api import settings

__all__ = ["settings"]
