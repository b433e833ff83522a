"""Which format a file is, by its first bytes; its name is never believed."""

from __future__ import annotations

from pathlib import Path

from huiliu.integrations.errors import FileTooLarge, FormatUnknown, NothingToImport, OldExcel
from huiliu.integrations.importing.csv_file import open_csv
from huiliu.integrations.importing.parquet_file import open_parquet
from huiliu.integrations.importing.tables import BYTES_MAX, Table
from huiliu.integrations.importing.xlsx_file import open_xlsx

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # .xls, and .xlsx under a password


def open_table(path: Path, *, sheet: str = "") -> Table:
    """The file's rows.

    Raises: FileTooLarge, NothingToImport, OldExcel, FormatUnknown, FileDamaged, SheetUnknown.
    """
    size = path.stat().st_size
    if size > BYTES_MAX:
        raise FileTooLarge(f"{size} bytes.", limit=BYTES_MAX, size_bytes=size)
    if not size:
        raise NothingToImport("The file is empty.")
    with path.open("rb") as stream:
        head = stream.read(8)
    if head.startswith(_OLE):
        raise OldExcel("This is a workbook of Excel 97 to 2003, or one under a password.")
    if head.startswith(b"PK"):
        return open_xlsx(path, sheet=sheet)
    if head.startswith(b"PAR1"):
        return open_parquet(path)
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z", b"Rar!")):
        raise FormatUnknown("This is not a table.")
    return open_csv(path)
