"""Long work that a user asks for, watches and cancels.

A module offers a kind in its `jobs.py`; whoever starts one does so in the transaction of the request:

    @jobs.kind("integrations.import", params=ImportParams, scope="imports:run", words=Words("导入", "Import"))
    def import_file(*, actor: Actor, params: ImportParams, progress: jobs.Progress, now: datetime) -> None: ...

    jobs.start(actor=actor, kind="integrations.import", params=ImportParams(...), now=now)

The worker runs the handler outside of any transaction: it opens its own under the reach of `actor`, as many as
it likes. It may be run again after a crash: what it did already must be found done, not done twice.
"""

from huiliu.platform.jobs.progress import JobCancelled, Progress
from huiliu.platform.jobs.pruning import prune
from huiliu.platform.jobs.queue import cancel, find_job, list_jobs, start, start_again
from huiliu.platform.jobs.registry import Kind, find_kind, kind, kinds
from huiliu.platform.jobs.types import JobRef, JobState

__all__ = [
    "JobCancelled",
    "JobRef",
    "JobState",
    "Kind",
    "Progress",
    "cancel",
    "find_job",
    "find_kind",
    "kind",
    "kinds",
    "list_jobs",
    "prune",
    "start",
    "start_again",
]
