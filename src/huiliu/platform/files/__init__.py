"""Files: bytes by digest under the data directory, rows that say whose they are.

files.keep(actor=actor, source=upload.chunks(), name=upload.name, use=files.Use.SHEET, private=True, now=now)
files.path_of(files.find(file_id))
"""

from huiliu.platform.files.services import (
    copy_to,
    find,
    keep,
    list_of,
    path_of,
    pieces_of,
    remove,
    remove_all_of,
    sweep,
    thumbnail_path_of,
)
from huiliu.platform.files.types import FileRef, Use

__all__ = [
    "FileRef",
    "Use",
    "copy_to",
    "find",
    "keep",
    "list_of",
    "path_of",
    "pieces_of",
    "remove",
    "remove_all_of",
    "sweep",
    "thumbnail_path_of",
]
