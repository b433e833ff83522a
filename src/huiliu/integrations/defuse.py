"""What a spreadsheet would run instead of show."""

from __future__ import annotations

from typing import Final

#: A cell that begins so is a formula or a command to Excel, WPS and LibreOffice.
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(text: str) -> str:
    """The text, with an apostrophe before what would be run as a formula; plain negative numbers stay."""
    if not text.startswith(_DANGEROUS) or _is_number(text):
        return text
    return f"'{text}"


def _is_number(text: str) -> bool:
    body = text[1:]
    return (
        text[0] in "+-" and body.isascii() and body.replace(".", "", 1).isdigit() and not body.startswith(".")
    )
