"""Before a process serves anyone: its login cannot pass row security by."""

from __future__ import annotations

from django.db import connection

OWNER = "huiliu_owner"


class LoginCouldBypass(RuntimeError):
    """The database login has more rights than a reach gives: use the login that `huiliu migrate` made for it."""


def refuse_bypass() -> None:
    """Raises: LoginCouldBypass naming every right that the login must not have.

    Shape: superuser, BYPASSRLS, owner of a table (or able to become the owner), or a table right without a reach.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT session_user, r.rolsuper, r.rolbypassrls, r.rolcreaterole,
                   EXISTS (SELECT 1 FROM pg_roles o WHERE (o.rolname = %s OR o.rolsuper OR o.rolbypassrls)
                             AND o.rolname <> session_user AND pg_has_role(session_user, o.oid, 'MEMBER')),
                   ARRAY(SELECT c.relname::text FROM pg_class c
                          WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
                            AND (c.relowner = r.oid
                                 OR has_table_privilege(session_user, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE'))
                          ORDER BY 1 LIMIT 5)
              FROM pg_roles r WHERE r.rolname = session_user
            """,
            [OWNER],
        )
        login, is_super, bypasses, makes_roles, can_become, tables = cursor.fetchone()
    found = [
        text
        for text, is_so in (
            ("is a superuser", is_super),
            ("has BYPASSRLS", bypasses),
            ("may create roles", makes_roles),
            ("can become the owner", can_become),
            (f"has rights without a reach on {', '.join(tables)}", tables),
        )
        if is_so
    ]
    if found:
        raise LoginCouldBypass(f"The database login {login} {'; '.join(found)}.")
