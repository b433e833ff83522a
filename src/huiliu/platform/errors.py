"""Refusals of the edge itself."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class InvalidInput(DomainError):
    """Correct the named fields and send the request again."""

    code = "platform.invalid_input"
    kind = Kind.INVALID


class NotFound(DomainError):
    """It does not exist, or your role does not see it; check the number or ask for access."""

    code = "platform.not_found"
    kind = Kind.NOT_FOUND


class SignInNeeded(DomainError):
    """Sign in again, or send a valid access token."""

    code = "platform.sign_in_needed"
    kind = Kind.UNAUTHENTICATED


class ScopeMissing(DomainError):
    """Your role does not include this action; the administrator of your organization can grant it."""

    code = "platform.scope_missing"
    kind = Kind.FORBIDDEN


class CsrfRefused(DomainError):
    """Reload the page and try again; the request did not come from our own page."""

    code = "platform.csrf"
    kind = Kind.FORBIDDEN


class IdempotencyKeyMissing(DomainError):
    """Send an `Idempotency-Key` header (a new UUID per intended action), so that a retry is safe."""

    code = "platform.idempotency_key_missing"
    kind = Kind.INVALID


class IdempotencyKeyReused(DomainError):
    """This key was used for another request; make a new key for a new action."""

    code = "platform.idempotency_key_reused"
    kind = Kind.CONFLICT


class Busy(DomainError):
    """Someone else is working on the same rows; nothing was changed, try again in a moment."""

    code = "platform.busy"
    kind = Kind.BUSY


class DatabaseUnavailable(DomainError):
    """The database cannot be reached; nothing was changed. Try again; if it stays, ask operations."""

    code = "platform.database_unavailable"
    kind = Kind.BUSY


class DiskFull(DomainError):
    """The server's disk is full; nothing was changed. Operations must free space."""

    code = "platform.disk_full"
    kind = Kind.BUSY


class TooManyRequests(DomainError):
    """Wait as long as `Retry-After` says, then go on."""

    code = "platform.too_many_requests"
    kind = Kind.TOO_MANY


class TooLarge(DomainError):
    """Send less at once: split the request, or use the import."""

    code = "platform.too_large"
    kind = Kind.TOO_LARGE


class Stale(DomainError):
    """It was changed since you read it; reload, compare, and apply your change again."""

    code = "platform.stale"
    kind = Kind.PRECONDITION


class CursorInvalid(DomainError):
    """Start the list again without a cursor."""

    code = "platform.cursor_invalid"
    kind = Kind.INVALID


class ModuleOff(DomainError):
    """This module is switched off here; an administrator can switch it on under settings."""

    code = "platform.module_off"
    kind = Kind.NOT_FOUND


class VersionMissing(DomainError):
    """Say which version you read: send `If-Match` with the ETag of your GET, or `version` in the body."""

    code = "platform.version_missing"
    kind = Kind.PRECONDITION_MISSING


class SettingUnknown(DomainError):
    """Look up the key in the list of settings; each module declares its own."""

    code = "platform.setting_unknown"
    kind = Kind.NOT_FOUND


class SettingInvalid(DomainError):
    """Choose a value that the setting allows; its description says which."""

    code = "platform.setting_invalid"
    kind = Kind.INVALID


class HeadquartersOnly(DomainError):
    """Ask an administrator of headquarters: what counts for the whole brand is decided there."""

    code = "platform.headquarters_only"
    kind = Kind.FORBIDDEN


class BodyUnreadable(DomainError):
    """Send one JSON value in UTF-8, nested at most 32 levels; save files as UTF-8, not as GBK."""

    code = "platform.body_unreadable"
    kind = Kind.INVALID


class ContentTypeWrong(DomainError):
    """Send `Content-Type: application/json`; files travel as `multipart/form-data` where an upload is offered."""

    code = "platform.content_type_wrong"
    kind = Kind.UNSUPPORTED


class CustomFieldInvalid(DomainError):
    """Write the custom field as its definition says; the list of custom fields shows kind and choices."""

    code = "platform.custom_field_invalid"
    kind = Kind.INVALID


class CustomFieldDefinitionInvalid(DomainError):
    """Correct the definition: a short code, a label, and choices for a field to choose from."""

    code = "platform.custom_field_definition_invalid"
    kind = Kind.INVALID


class CustomFieldTaken(DomainError):
    """Choose another code, or switch the field of that code on again."""

    code = "platform.custom_field_taken"
    kind = Kind.CONFLICT


class CustomFieldUnknown(DomainError):
    """Look up the field in the list of custom fields."""

    code = "platform.custom_field_unknown"
    kind = Kind.NOT_FOUND


class ModuleUnknown(DomainError):
    """Choose one of the modules in the list; the others belong to the spine and are always on."""

    code = "platform.module_unknown"
    kind = Kind.NOT_FOUND


class ModuleNeeded(DomainError):
    """Switch the modules in the right order: what it needs must be on, what needs it must be off."""

    code = "platform.module_needed"
    kind = Kind.CONFLICT


class CommentIdReused(DomainError):
    """Make a new id (UUIDv7) for a new comment; this one belongs to another."""

    code = "platform.comment_id_reused"
    kind = Kind.CONFLICT


class InternalForStaff(DomainError):
    """Write it without `internal`; only the brand's staff keeps comments to itself."""

    code = "platform.internal_for_staff"
    kind = Kind.FORBIDDEN
