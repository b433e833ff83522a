"""Partners over HTTP."""

from huiliu.partners.api import masters, papers, people
from huiliu.partners.api.routing import router

__all__ = ["masters", "papers", "people", "router"]
