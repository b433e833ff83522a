"""Refusals around jobs."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class JobUnknown(DomainError):
    """Look it up in the list of your jobs; others' jobs are theirs."""

    code = "platform.job_unknown"
    kind = Kind.NOT_FOUND


class JobFinished(DomainError):
    """Nothing is left to cancel; look at what came of it."""

    code = "platform.job_finished"
    kind = Kind.CONFLICT


class JobNotCancellable(DomainError):
    """Let it end: work of this kind is done in one piece once it runs."""

    code = "platform.job_not_cancellable"
    kind = Kind.CONFLICT


class JobNotStartedAgain(DomainError):
    """Only failed or cancelled work is started again; where its kind does not allow it, ask for it anew."""

    code = "platform.job_not_started_again"
    kind = Kind.CONFLICT


class TooManyJobs(DomainError):
    """Wait until some of your jobs have ended, or cancel those you no longer need."""

    code = "platform.too_many_jobs"
    kind = Kind.TOO_MANY


class JobWorkerLost(DomainError):
    """The process that did the work died several times; start it again with less at once, or ask operations."""

    code = "platform.job_worker_lost"
    kind = Kind.BUSY


class JobOwnerGone(DomainError):
    """Whoever asked for it can no longer sign in; somebody else must ask for it."""

    code = "platform.job_owner_gone"
    kind = Kind.FORBIDDEN


class JobParamsOutdated(DomainError):
    """The program was changed since this was asked for; ask for it anew."""

    code = "platform.job_params_outdated"
    kind = Kind.CONFLICT
