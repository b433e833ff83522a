"""Refusals around files."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class FileUnknown(DomainError):
    """It does not exist, or belongs to a document that you do not see."""

    code = "platform.file_unknown"
    kind = Kind.NOT_FOUND


class FileEmpty(DomainError):
    """Choose a file with content; saving it again and sending it anew often helps."""

    code = "platform.file_empty"
    kind = Kind.INVALID


class FileTooLarge(DomainError):
    """Send a smaller file: split it, or save the picture with fewer pixels."""

    code = "platform.file_too_large"
    kind = Kind.TOO_LARGE


class FileTypeRefused(DomainError):
    """Send one of the allowed types; what counts is the content, not the ending of the name."""

    code = "platform.file_type_refused"
    kind = Kind.UNSUPPORTED


class PictureUnreadable(DomainError):
    """Open the picture in a program, save it as PNG or JPEG and send it again."""

    code = "platform.picture_unreadable"
    kind = Kind.INVALID
