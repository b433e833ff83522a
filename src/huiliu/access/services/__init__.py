"""The verbs of identity and of the organization tree."""

from huiliu.access.services.clients import change_client, create_client, rotate_client
from huiliu.access.services.codes import request_code, sign_in_by_code
from huiliu.access.services.founding import BrandDraft, Founded, found_brand
from huiliu.access.services.identities import list_identities, switch_identity
from huiliu.access.services.moves import CHUNK, continue_path_rewrites, move_organization, preview_move
from huiliu.access.services.organizations import (
    change_organization,
    check_place,
    create_organization,
    create_organizations,
    rename_organizations,
    set_organization_active,
    switch_organization,
)
from huiliu.access.services.passwords import change_password, reset_password
from huiliu.access.services.second_factor import begin_totp, confirm_totp, remove_totp
from huiliu.access.services.sessions import (
    end_other_sessions,
    end_session,
    issue_client_token,
    sign_in,
    view_as,
)
from huiliu.access.services.users import create_user, end_sessions_of_user, set_user, unbind_user
from huiliu.access.services.wechat import (
    bind_by_phone,
    bind_here,
    list_bindings,
    sign_in_by_wechat,
    unbind_mine,
)

__all__ = [
    "CHUNK",
    "BrandDraft",
    "Founded",
    "begin_totp",
    "bind_by_phone",
    "bind_here",
    "change_client",
    "change_organization",
    "change_password",
    "check_place",
    "confirm_totp",
    "continue_path_rewrites",
    "create_client",
    "create_organization",
    "create_organizations",
    "create_user",
    "end_other_sessions",
    "end_session",
    "end_sessions_of_user",
    "found_brand",
    "issue_client_token",
    "list_bindings",
    "list_identities",
    "move_organization",
    "preview_move",
    "remove_totp",
    "rename_organizations",
    "request_code",
    "reset_password",
    "rotate_client",
    "set_organization_active",
    "set_user",
    "sign_in",
    "sign_in_by_code",
    "sign_in_by_wechat",
    "switch_identity",
    "switch_organization",
    "unbind_mine",
    "unbind_user",
    "view_as",
]
