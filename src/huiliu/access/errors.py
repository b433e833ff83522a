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


class ClientNotVisible(DomainError):
    """There is no such API client, or your role does not see it."""

    code = "access.client_not_visible"
    kind = Kind.NOT_FOUND


class OnlyInPerson(DomainError):
    """Passwords, second factors and devices belong to the person: end the view and let the person do it."""

    code = "access.only_in_person"
    kind = Kind.FORBIDDEN


class NotYourself(DomainError):
    """Ask another administrator: nobody takes away the own access."""

    code = "access.not_yourself"
    kind = Kind.CONFLICT


class LastAdministrator(DomainError):
    """Make another administrator first: somebody must be able to manage the brand."""

    code = "access.last_administrator"
    kind = Kind.CONFLICT


class OrganizationKindWrong(DomainError):
    """Choose a place that the kind allows: branches below the brand, partners below the brand or a partner above them."""

    code = "access.organization_kind_wrong"
    kind = Kind.INVALID


class KeptAsPartner(DomainError):
    """This organization is a partner: rename, freeze or end it there, so that both say the same."""

    code = "access.kept_as_partner"
    kind = Kind.CONFLICT


class MoveInFuture(DomainError):
    """Who may see what changes at once: move today or as of a past day, and ask again when the day has come."""

    code = "access.move_in_future"
    kind = Kind.INVALID


class MoveBeforeLatest(DomainError):
    """Take a day from which the organization already stood at its present place."""

    code = "access.move_before_latest"
    kind = Kind.CONFLICT


class MoveInProgress(DomainError):
    """The last move of this part of the tree is still being carried through; try again in a moment."""

    code = "access.move_in_progress"
    kind = Kind.CONFLICT


class TotpIsOn(DomainError):
    """Remove the present second factor first, with your password."""

    code = "access.totp_is_on"
    kind = Kind.CONFLICT


class PersonalSettingsFull(DomainError):
    """Delete a saved view that you no longer use, then save this one."""

    code = "access.personal_settings_full"
    kind = Kind.CONFLICT


class BrandExists(DomainError):
    """One database holds one brand: add people with `huiliu user`, or name another database for another brand."""

    code = "access.brand_exists"
    kind = Kind.CONFLICT


class PhoneNotMobile(DomainError):
    """Enter a mobile phone number, such as 13812345678; one from abroad with its country, such as +852."""

    code = "access.phone_not_mobile"
    kind = Kind.INVALID


class CodeTooSoon(DomainError):
    """Wait as long as shown before asking for another code; the last one may still be on its way."""

    code = "access.code_too_soon"
    kind = Kind.TOO_MANY


class CodeWrong(DomainError):
    """Check the code in the newest message; it counts for five minutes and five tries. Else ask for another one."""

    code = "access.code_wrong"
    kind = Kind.UNAUTHENTICATED


class PhoneUnknown(DomainError):
    """Ask your supplier to enter this phone with your account; then sign in again."""

    code = "access.phone_unknown"
    kind = Kind.NOT_FOUND


class IdentityNotYours(DomainError):
    """Sign in for that partner with its own password, or with a code to your phone."""

    code = "access.identity_not_yours"
    kind = Kind.NOT_FOUND


class WechatNotBound(DomainError):
    """Bind this WeChat once: allow the phone number, or enter a code sent to your phone."""

    code = "access.wechat_not_bound"
    kind = Kind.CONFLICT


class WechatTicketWrong(DomainError):
    """Begin again: open the mini-program anew and bind within ten minutes."""

    code = "access.wechat_ticket_wrong"
    kind = Kind.UNAUTHENTICATED
