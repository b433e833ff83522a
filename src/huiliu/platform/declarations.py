"""How files are called where only their ids are known."""

from __future__ import annotations

from huiliu.platform.models import File
from huiliu.platform.subject_names import ByColumn, declare_names

declare_names("file", of=ByColumn(File, "name"))
