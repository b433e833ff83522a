"""Names and types of what was uploaded: pure but for reading the file that is judged."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from pathlib import Path
from typing import Final

from huiliu.platform.files.types import CSV, DOCX, ENDINGS, MIB, PARQUET, PDF, TEXT, XLS, XLSX

NAME_BYTES_MAX: Final = 255
HEAD_BYTES: Final = 64 * 1024
#: What an honest workbook unpacks to; the importer has narrower limits for each part.
UNPACKED_MAX: Final = 2048 * MIB
PARTS_MAX: Final = 20_000
#: Beside controls: format characters (bidi marks, zero width, BOM), halves of pairs, line and paragraph separators.
_HOSTILE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_RESERVED: Final = re.compile(r'[<>:"|?*]')
_DEVICES: Final = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{d}{n}" for d in ("COM", "LPT") for n in range(1, 10))}
)
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def clean_name(given: str, *, content_type: str) -> str:
    """A name for people that no file system and no header stumbles over, with an ending that tells the truth.

    `"..\\\\..\\\\etc/p\u202egnp.exe"` of a PNG is `pgnp.exe.png`.
    """
    last = re.split(r"[/\\\\]", given)[-1]
    kept = "".join(
        one for one in unicodedata.normalize("NFC", last) if unicodedata.category(one) not in _HOSTILE
    )
    name = re.sub(r"\s+", " ", _RESERVED.sub("_", kept)).strip(" .")
    stem, dot, ending = name.rpartition(".")
    endings = ENDINGS[content_type]
    if not dot or f".{ending.lower()}" not in endings:
        stem, ending = name, endings[0][1:]
    stem = stem.rstrip(" .") or "file"
    if stem.split(".")[0].upper() in _DEVICES:
        stem = f"_{stem}"
    return _shortened(stem, NAME_BYTES_MAX - len(ending.encode()) - 1) + f".{ending}"


def _shortened(text: str, bytes_max: int) -> str:
    """Whole characters only."""
    return text.encode()[:bytes_max].decode(errors="ignore").rstrip(" .") or "file"


def sniff(path: Path, *, name: str) -> str | None:
    """The type that the content shows; None when it is none of those we know, or one that we do not keep.

    The ending of the name only tells a CSV from other text.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    by_magic = _by_magic(head)
    if by_magic:
        return by_magic
    if head.startswith(b"PK\x03\x04"):
        return _office(path)
    if head.startswith(b"PAR1"):
        with path.open("rb") as file:
            file.seek(-4, 2)
            return PARQUET if file.read() == b"PAR1" else None
    return _text(head, name=name)


def _by_magic(head: bytes) -> str | None:
    for magic, found in (
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"%PDF-", PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", XLS),
    ):
        if head.startswith(magic):
            return found
    return "image/webp" if head.startswith(b"RIFF") and head[8:12] == b"WEBP" else None


def _office(path: Path) -> str | None:
    """A workbook or a text document without macros, that does not unpack to more than a disk holds."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
        return None
    names = {part.filename for part in parts}
    if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_MAX:
        return None
    if "[Content_Types].xml" not in names or any(name.endswith("vbaProject.bin") for name in names):
        return None
    if any(name.startswith("xl/") for name in names):
        return XLSX
    return DOCX if any(name.startswith("word/") for name in names) else None


def _text(head: bytes, *, name: str) -> str | None:
    """Text in one of the encodings that people send; markup is none, for a browser would run it."""
    text = None
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = head[: len(head) - len(head) % 2].decode(encoding) if marked else _decoded(head, encoding)
            break
        except UnicodeDecodeError:
            continue
    if text is None or _CONTROLS.search(text) or text.lstrip("\ufeff \t\r\n").startswith("<"):
        return None
    return CSV if name.lower().endswith(".csv") else TEXT


def _decoded(head: bytes, encoding: str) -> str:
    """The head may end within a character."""
    try:
        return head.decode(encoding)
    except UnicodeDecodeError as error:
        if len(head) == HEAD_BYTES and error.start >= len(head) - 4:
            return head[: error.start].decode(encoding)
        raise
