"""What is known of a stored file, and what may be stored for which use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID


class Use(StrEnum):
    """What a file is for: it decides how large it may be and of which types."""

    PICTURE = "PICTURE"
    ATTACHMENT = "ATTACHMENT"
    SHEET = "SHEET"
    MADE = "MADE"  # written by ourselves: exports, lists of errors


MIB: Final = 1024 * 1024
SIZE_MAX: Final[dict[Use, int]] = {
    Use.PICTURE: 15 * MIB,
    Use.ATTACHMENT: 25 * MIB,
    Use.SHEET: 200 * MIB,
    Use.MADE: 4096 * MIB,
}
PICTURES: Final = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif"})
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLS: Final = "application/vnd.ms-excel"
PARQUET: Final = "application/vnd.apache.parquet"
PDF: Final = "application/pdf"
ZIP: Final = "application/zip"
CSV: Final = "text/csv"
TEXT: Final = "text/plain"
SHEETS: Final = frozenset({XLSX, XLS, CSV, TEXT, PARQUET})
ALLOWED: Final[dict[Use, frozenset[str]]] = {
    Use.PICTURE: PICTURES,
    Use.ATTACHMENT: PICTURES | {PDF, XLSX, DOCX, XLS, CSV, TEXT},
    Use.SHEET: SHEETS,
    Use.MADE: SHEETS | {PDF, ZIP},
}
#: The endings that go with a type; the first is added where none of them is there.
ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/webp": (".webp",),
    "image/gif": (".gif",),
    PDF: (".pdf",),
    XLSX: (".xlsx",),
    DOCX: (".docx",),
    XLS: (".xls", ".et"),
    PARQUET: (".parquet",),
    ZIP: (".zip",),
    CSV: (".csv",),
    TEXT: (".txt", ".tsv", ".md", ".log"),
}


@dataclass(frozen=True, slots=True)
class FileRef:
    """One stored file; its bytes lie under `sha256`. `private_to`: only that user (and headquarters) sees it."""

    id: UUID
    name: str
    content_type: str
    size_bytes: int
    sha256: str
    thumbnail_sha256: str
    private_to: int | None
    subject_type: str
    subject_id: str
    created_by: int | None
    created_at: datetime
