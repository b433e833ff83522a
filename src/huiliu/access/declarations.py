"""How organizations and people are called where only their ids are known."""

from __future__ import annotations

from huiliu.access.models import Organization, User
from huiliu.platform.subject_names import ByColumn, declare_names

# A partner is an organization, a limit that of the organization whose id it carries.
declare_names(
    "organization", "partner", "credit", "stock_settings", of=ByColumn(Organization, "name"), key=int
)
declare_names("user", of=ByColumn(User, "name"), key=int)
