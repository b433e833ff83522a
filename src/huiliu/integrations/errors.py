"""Refusals of import and export."""

from __future__ import annotations

from huiliu.kernel.refusals import DomainError, Kind


class FormatUnknown(DomainError):
    """Send a CSV, an Excel workbook (.xlsx) or a Parquet file; save other formats as one of these first."""

    code = "imports.format_unknown"
    kind = Kind.INVALID


class OldExcel(DomainError):
    """Open the file in Excel or WPS and save it as .xlsx (Excel workbook) without a password, then send that."""

    code = "imports.old_excel"
    kind = Kind.INVALID


class FileDamaged(DomainError):
    """Open the file in Excel or WPS, save it anew, and send that; the facts say where reading stopped."""

    code = "imports.file_damaged"
    kind = Kind.INVALID


class FileTooLarge(DomainError):
    """Split the file: the facts name the limit that it passes."""

    code = "imports.file_too_large"
    kind = Kind.TOO_LARGE


class NothingToImport(DomainError):
    """Put one line of column titles above the rows; the template of the entity shows them."""

    code = "imports.nothing_to_import"
    kind = Kind.INVALID


class ColumnsMissing(DomainError):
    """Add the named columns, or say in the mapping which of your columns they are."""

    code = "imports.columns_missing"
    kind = Kind.INVALID


class MappingInvalid(DomainError):
    """Name only columns of the file and fields of the entity, each once."""

    code = "imports.mapping_invalid"
    kind = Kind.INVALID


class EntityUnknown(DomainError):
    """Choose one of the entities that can be imported."""

    code = "imports.entity_unknown"
    kind = Kind.NOT_FOUND


class SheetUnknown(DomainError):
    """Choose one of the sheets named in the facts."""

    code = "imports.sheet_unknown"
    kind = Kind.INVALID


class CellEmpty(DomainError):
    """Fill in this cell; the column is needed."""

    code = "imports.cell_empty"
    kind = Kind.INVALID


class CellUnreadable(DomainError):
    """Write what the column's note says; the facts show what stands there."""

    code = "imports.cell_unreadable"
    kind = Kind.INVALID


class DigitsLost(DomainError):
    """The spreadsheet turned a long number into 1.2E+12 and dropped digits: format the column as text, enter it again."""

    code = "imports.digits_lost"
    kind = Kind.INVALID


class CellTooLong(DomainError):
    """Shorten the text of this cell."""

    code = "imports.cell_too_long"
    kind = Kind.INVALID


class FormulaUnsaved(DomainError):
    """The formula has no stored result or an error: open the file in Excel or WPS, correct and save it."""

    code = "imports.formula_unsaved"
    kind = Kind.INVALID


class RowRepeated(DomainError):
    """The same thing stands in an earlier row of this file with other content; keep one of them."""

    code = "imports.row_repeated"
    kind = Kind.CONFLICT


class RowExists(DomainError):
    """It is there already with other content; import with updates allowed, or leave the row out."""

    code = "imports.row_exists"
    kind = Kind.CONFLICT


class RowMissing(DomainError):
    """There is nothing to update under this key; import with new rows allowed, or correct the key."""

    code = "imports.row_missing"
    kind = Kind.NOT_FOUND


class GroupRefused(DomainError):
    """Correct the other rows of the same document; it is taken as a whole or not at all."""

    code = "imports.group_refused"
    kind = Kind.CONFLICT


class RowRefusedByDatabase(DomainError):
    """The row breaks a rule of the database; compare it with rows that were taken, or ask operations."""

    code = "imports.row_refused"
    kind = Kind.INVALID


class ImportNotVisible(DomainError):
    """There is no such import; it may be another person's."""

    code = "imports.not_visible"
    kind = Kind.NOT_FOUND


class ImportRunning(DomainError):
    """Wait until it has ended, or cancel it."""

    code = "imports.running"
    kind = Kind.CONFLICT


class NothingFailed(DomainError):
    """Every row was taken; there is nothing to correct or to repeat."""

    code = "imports.nothing_failed"
    kind = Kind.CONFLICT


class OptionMissing(DomainError):
    """Say what this import needs beside its rows, as the entity's description names it."""

    code = "imports.option_missing"
    kind = Kind.INVALID


class ListUnknown(DomainError):
    """Choose one of the lists that can be exported."""

    code = "exports.list_unknown"
    kind = Kind.NOT_FOUND


class ExportTooLarge(DomainError):
    """Narrow the list, or let it be made as a job and download the file afterwards."""

    code = "exports.too_large"
    kind = Kind.TOO_LARGE
