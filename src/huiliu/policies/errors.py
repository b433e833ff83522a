"""Refusals in the life of a policy."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class VersionNotVisible(DomainError):
    """There is no such version, or your role does not see it."""

    code = "policies.not_visible"
    kind = Kind.NOT_FOUND


class VersionCodeTaken(DomainError):
    """This line of versions has a draft already; edit that one, or publish it first."""

    code = "policies.draft_exists"
    kind = Kind.CONFLICT


class PublishedIsNeverEdited(DomainError):
    """Make a new version; what partners were told stays as it is."""

    code = "policies.published_is_never_edited"
    kind = Kind.CONFLICT


class FourEyes(DomainError):
    """Somebody else must approve: the author cannot."""

    code = "policies.four_eyes"
    kind = Kind.FORBIDDEN


class AudienceEmpty(DomainError):
    """Nobody matches this audience; widen it."""

    code = "policies.audience_empty"
    kind = Kind.CONFLICT


class PeriodInvalid(DomainError):
    """Let the policy end after it begins."""

    code = "policies.period_invalid"
    kind = Kind.INVALID
