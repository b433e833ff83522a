"""Unforeseen faults as problem documents: the reader learns what was not changed and a number to quote."""

from __future__ import annotations

import errno

import structlog
from django.core.exceptions import SuspiciousOperation
from django.db import Error as DatabaseFault
from django.http import Http404, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from ninja.errors import HttpError, ValidationError

from huiliu.kernel.refusals import DomainError
from huiliu.platform import errors
from huiliu.platform.http import problem

log = structlog.get_logger("huiliu.faults")

#: SQLSTATE (or its class) → refusal. Lock waits and serialization are "busy", never a 500.
_BY_STATE: dict[str, type[DomainError]] = {
    "55P03": errors.Busy,  # lock not available
    "40P01": errors.Busy,  # deadlock
    "40001": errors.Busy,  # serialization
    "57014": errors.Busy,  # statement timeout
    "53100": errors.DiskFull,
    "53200": errors.Busy,
    "53300": errors.DatabaseUnavailable,  # too many connections
}
_BY_CLASS: dict[str, type[DomainError]] = {"08": errors.DatabaseUnavailable, "57": errors.DatabaseUnavailable}


def refusal_of_database(error: BaseException) -> DomainError | None:
    """The refusal behind a database error, or None when it is a bug."""
    cause = error.__cause__ or error
    state = getattr(cause, "sqlstate", None)
    if state in _BY_STATE:
        return _BY_STATE[state]("The database could not do this right now.")
    if state and state[:2] in _BY_CLASS:
        return _BY_CLASS[state[:2]]("The database connection was lost.")
    if state in {"22021", "22P05"}:
        return errors.InvalidInput("A text contains a character that cannot be stored.")
    if state is None and type(cause).__name__ in ("OperationalError", "PoolTimeout", "InterfaceError"):
        return errors.DatabaseUnavailable("The database cannot be reached.")
    return None


#: What a file system says when nothing more fits: full, over quota, larger than it allows.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def refusal_of_disk(error: BaseException) -> DomainError | None:
    """The refusal behind a full disk, or None when it is something else."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return errors.DiskFull("The server's disk is full.")
    return None


def of_validation(error: ValidationError) -> HttpResponse:
    """Bad input: every refused field with its reason."""
    fields = []
    for item in error.errors:
        where = [str(part) for part in item.get("loc", ())]
        while where and where[0] in ("body", "query", "path", "header", "form", "file", "data", "payload"):
            where.pop(0)
        fields.append(
            {
                "field": ".".join(where) or "body",
                "reason": str(item.get("msg", "invalid")),
                "code": f"input.{item.get('type', 'invalid')}",
            }
        )
    return problem.of_refusal(errors.InvalidInput("The input has mistakes.", fields=fields[:100]))


def of_exception(error: Exception) -> HttpResponse:
    """The answer for anything that was raised, refusals included."""
    if isinstance(error, DomainError):
        return problem.of_refusal(error)
    if isinstance(error, ValidationError):
        return of_validation(error)
    if isinstance(error, Http404):
        return problem.of_refusal(errors.NotFound("There is nothing here."))
    if isinstance(error, HttpError):
        return problem.response(
            code="platform.invalid_input",
            title="Invalid input",
            status=error.status_code,
            detail=str(error),
            remedy=errors.InvalidInput.remedy(),
        )
    if isinstance(error, MultiPartParserError | SuspiciousOperation):
        return problem.of_refusal(errors.BodyUnreadable("The form cannot be read.", field="body"))
    if isinstance(error, UnicodeError | RawPostDataException):
        return problem.of_refusal(
            errors.InvalidInput("The body or a text in it cannot be read: send JSON in UTF-8.")
        )
    if isinstance(error, DatabaseFault) or type(error).__name__ == "PoolTimeout":
        refusal = refusal_of_database(error)
        if refusal is not None:
            log.warning("database refused", sqlstate=getattr(error.__cause__, "sqlstate", None))
            return problem.of_refusal(refusal)
    full = refusal_of_disk(error)
    if full is not None:
        log.error("disk full", exc_info=error)
        return problem.of_refusal(full)
    log.error("unforeseen fault", exc_info=error)
    return problem.response(
        code="platform.fault",
        title="Fault",
        status=500,
        detail="Something broke on our side; nothing was changed.",
        remedy="Try again; if it stays, tell operations the reference number.",
    )
