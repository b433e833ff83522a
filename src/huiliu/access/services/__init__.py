"""The verbs of identity and of the organization tree."""

from huiliu.access.services.organizations import (
    create_organization,
    move_organization,
    rename_organization,
    set_organization_active,
)
from huiliu.access.services.sessions import (
    begin_totp,
    change_password,
    confirm_totp,
    end_session,
    issue_client_token,
    sign_in,
    view_as,
)
from huiliu.access.services.users import create_client, create_user, set_user

__all__ = [
    "begin_totp",
    "change_password",
    "confirm_totp",
    "create_client",
    "create_organization",
    "create_user",
    "end_session",
    "issue_client_token",
    "move_organization",
    "rename_organization",
    "set_organization_active",
    "set_user",
    "sign_in",
    "view_as",
]
