"""How the rounds of importing and what was taken out are called where only their ids are known."""

from __future__ import annotations

from huiliu.integrations.exporting.registry import names_of_lists
from huiliu.integrations.models import Import
from huiliu.platform.subject_names import ByCode, ByColumn, declare_names, declare_words

declare_names("import", of=ByColumn(Import, "file_name"))
declare_words("export", of=ByCode(names_of_lists))
