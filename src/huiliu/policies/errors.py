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


class AudienceInvalid(DomainError):
    """Correct the named part of the audience: known parts, values that exist, at least one of each."""

    code = "policies.audience_invalid"
    kind = Kind.INVALID


class CodeElsewhere(DomainError):
    """Choose another code: this one belongs to a policy of another part of the company or another seller."""

    code = "policies.code_elsewhere"
    kind = Kind.CONFLICT


class NotYours(DomainError):
    """A branch changes its own policies; ask headquarters, or make a policy for your partners."""

    code = "policies.not_yours"
    kind = Kind.FORBIDDEN


class SellerNotVisible(DomainError):
    """Name a seller that you see: the brand itself or a partner who sells on."""

    code = "policies.seller_not_visible"
    kind = Kind.NOT_FOUND


class VersionIdReused(DomainError):
    """This id belongs to another version; make a new id for a new one."""

    code = "policies.id_reused"
    kind = Kind.CONFLICT


class EndReasonMissing(DomainError):
    """Say why it ends; partners and colleagues will ask."""

    code = "policies.end_reason_missing"
    kind = Kind.INVALID
