"""Jobs and files over HTTP."""

from huiliu.flows.work import files_api, jobs_api

__all__ = ["files_api", "jobs_api"]
