"""Refusals of identity and of the organization tree."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class CredentialsWrong(DomainError):
    """Check name and password; after several failures you must wait a moment."""

    code = "access.credentials_wrong"
    kind = Kind.UNAUTHENTICATED


class TotpNeeded(DomainError):
    """Enter the six digits of your authenticator app."""

    code = "access.totp_needed"
    kind = Kind.UNAUTHENTICATED


class TooManyAttempts(DomainError):
    """Wait as long as shown, then try again; an administrator can reset your password."""

    code = "access.too_many_attempts"
    kind = Kind.TOO_MANY


class ChooseIdentity(DomainError):
    """You serve several partners: choose for which one you sign in."""

    code = "access.choose_identity"
    kind = Kind.CONFLICT


class UserNotVisible(DomainError):
    """There is no such user, or your role does not see it."""

    code = "access.user_not_visible"
    kind = Kind.NOT_FOUND


class UsernameTaken(DomainError):
    """Choose another user name; this one is in use."""

    code = "access.username_taken"
    kind = Kind.CONFLICT


class RoleNotAllowed(DomainError):
    """Give only roles of that kind of organization, and only what you may give."""

    code = "access.role_not_allowed"
    kind = Kind.FORBIDDEN


class SeatsFull(DomainError):
    """Deactivate a user who left, or ask the brand for more seats."""

    code = "access.seats_full"
    kind = Kind.CONFLICT


class PasswordWeak(DomainError):
    """Take at least ten characters, not only digits, and none of the usual passwords."""

    code = "access.password_weak"
    kind = Kind.INVALID


class SessionNotVisible(DomainError):
    """There is no such session of yours."""

    code = "access.session_not_visible"
    kind = Kind.NOT_FOUND


class NoImpersonation(DomainError):
    """Only brand staff may view as a partner's user, never as an administrator, and with a reason."""

    code = "access.no_impersonation"
    kind = Kind.FORBIDDEN


class OrganizationNotVisible(DomainError):
    """There is no such organization, or your role does not see it."""

    code = "access.organization_not_visible"
    kind = Kind.NOT_FOUND


class OrganizationCodeTaken(DomainError):
    """Choose another code; this one is in use."""

    code = "access.organization_code_taken"
    kind = Kind.CONFLICT


class TreeCycle(DomainError):
    """An organization cannot stand below itself; choose another place."""

    code = "access.tree_cycle"
    kind = Kind.CONFLICT


class ClientWrong(DomainError):
    """Check client id and secret; the secret was shown once when the client was made."""

    code = "access.client_wrong"
    kind = Kind.UNAUTHENTICATED
