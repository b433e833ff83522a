"""How the rounds of importing are called where only their ids are known."""

from __future__ import annotations

from huiliu.integrations.models import Import
from huiliu.platform.subject_names import ByColumn, declare_names

declare_names("import", of=ByColumn(Import, "file_name"))
