"""Organizations, their place in the tree over time, users, sessions and API clients."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Value
from django.db.models.functions import Lower

from huiliu.platform.models import PathField, XidField
from huiliu.platform.row_security import PathScope, RowSecurity, SystemOnly


class Organization(models.Model):
    """One node of the channel: the brand, a branch, a distributor, a store."""

    row_security: ClassVar[RowSecurity] = PathScope("path", public="shown_to_all", partner_writes=False)

    code = models.TextField()
    name = models.TextField()
    kind = models.TextField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    path = PathField(default="")
    timezone = models.TextField(default="Asia/Shanghai")
    sort_key = models.TextField(default="", db_collation="C")
    shown_to_all = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    seats = models.IntegerField(default=20, db_default=20)  # how many people a partner may let in
    version = models.IntegerField(default=1, db_default=1)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "access_organization"
        constraints = (
            models.UniqueConstraint(fields=["code"], name="access_organization_code"),
            models.UniqueConstraint(fields=["path"], name="access_organization_path"),
        )
        indexes = (
            models.Index(fields=["parent", "sort_key", "id"], name="access_organization_children"),
            models.Index(fields=["sort_key", "id"], name="access_organization_sorted"),
        )


class Placement(models.Model):
    """Where an organization stood in the tree, from a day until another: reports follow it."""

    row_security: ClassVar[RowSecurity] = PathScope(
        "path", partner_writes=False, verbs=("INSERT", "UPDATE", "DELETE")
    )

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, db_index=False, related_name="+")
    parent = models.ForeignKey(
        Organization, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    path = PathField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        db_table = "access_placement"
        indexes = (models.Index(fields=["organization", "valid_from"], name="access_placement_organization"),)


class User(AbstractBaseUser):
    """A person (or an API client's service identity) of one organization."""

    row_security: ClassVar[RowSecurity] = PathScope("organization_path")

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, db_index=False, related_name="+")
    organization_path = PathField()
    username = models.TextField()
    name = models.TextField()
    phone = models.TextField(default="")
    email = models.TextField(default="")
    roles = ArrayField(models.TextField(), default=list)
    locale = models.TextField(default="zh-Hans")
    totp_secret = models.TextField(default="")
    totp_step = models.BigIntegerField(
        default=0, db_default=0
    )  # of the last code that was taken: each opens once
    recovery_hashes = ArrayField(
        models.TextField(), default=list, db_default=Value([], ArrayField(models.TextField()))
    )
    must_change_password = models.BooleanField(default=False, db_default=False)
    version = models.IntegerField(default=1, db_default=1)
    is_active = models.BooleanField(default=True)
    is_service = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        db_table = "access_user"
        constraints = (models.UniqueConstraint(Lower("username"), name="access_user_username"),)
        indexes = (
            models.Index(fields=["organization_path", "id"], name="access_user_path"),
            models.Index(fields=["phone"], name="access_user_phone", condition=~models.Q(phone="")),
        )


class Session(models.Model):
    """One signed-in device or issued token; only the token's hash is kept."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path")

    id = models.UUIDField(primary_key=True)
    token_hash = models.BinaryField()
    user = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False, related_name="+")
    owner_path = PathField()
    kind = models.TextField(default="BROWSER")
    scopes = ArrayField(models.TextField(), null=True)
    impersonator_id = models.BigIntegerField(null=True)
    reason = models.TextField(default="")
    ip = models.TextField(default="")
    user_agent = models.TextField(default="")
    created_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    #: What was proven when it was opened: the phone a code came to, the users one password opens, a WeChat.
    proven_phone = models.TextField(default="", db_default="")
    proven_users = ArrayField(
        models.BigIntegerField(), default=list, db_default=Value([], ArrayField(models.BigIntegerField()))
    )
    wechat_binding_id = models.UUIDField(null=True)

    class Meta:
        db_table = "access_session"
        constraints = (models.UniqueConstraint(fields=["token_hash"], name="access_session_token"),)
        indexes = (models.Index(fields=["user", "-created_at"], name="access_session_user"),)


class ApiClient(models.Model):
    """A program of the customer that signs in by OAuth2 client credentials."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", partner_writes=False)

    client_id = models.TextField()
    owner_path = PathField(default="", db_default="")
    name = models.TextField()
    secret_hash = models.TextField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, db_index=False, related_name="+")
    scopes = ArrayField(models.TextField(), default=list)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "access_api_client"
        constraints = (models.UniqueConstraint(fields=["client_id"], name="access_api_client_id"),)


class PersonalSetting(models.Model):
    """What one person keeps for oneself on every device: saved views, read notices, the look of lists."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path", verbs=("INSERT", "UPDATE", "DELETE"))

    user_id = models.BigIntegerField()
    owner_path = PathField()
    key = models.TextField()
    value = models.JSONField()
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "access_personal_setting"
        constraints = (
            models.UniqueConstraint(fields=["user_id", "key"], name="access_personal_setting_key"),
        )


class SignInAttempt(models.Model):
    """Failed sign-ins, counted per name and per address, to slow guessing down."""

    row_security: ClassVar[RowSecurity] = SystemOnly(verbs=("INSERT", "UPDATE", "DELETE"))

    key = models.TextField(primary_key=True)
    failures = models.IntegerField(default=0)
    blocked_until = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "access_sign_in_attempt"


class PathRewrite(models.Model):
    """The rows of a move that still stand under the old path: done when a pass that no older transaction
    can add to finds none (docs/adr/0006).
    """

    row_security: ClassVar[RowSecurity] = SystemOnly()

    before = PathField()
    after = PathField()
    row_xid = XidField()
    rows_done = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_path_rewrite"
        indexes = (
            models.Index(
                fields=["id"], condition=models.Q(finished_at=None), name="access_path_rewrite_open"
            ),
        )


class SignInCode(models.Model):
    """A one-time code sent to a phone; only a keyed hash of it is kept. Unknown phones leave the same row."""

    row_security: ClassVar[RowSecurity] = SystemOnly(verbs=("INSERT", "UPDATE", "DELETE"))

    id = models.UUIDField(primary_key=True)
    phone = models.TextField()
    code_hash = models.BinaryField()
    ip = models.TextField(default="")
    tries = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_sign_in_code"
        indexes = (
            models.Index(fields=["phone", "-created_at"], name="access_code_phone"),
            models.Index(fields=["ip", "-created_at"], name="access_code_ip"),
            models.Index(fields=["created_at"], name="access_code_created"),
        )


class WechatBinding(models.Model):
    """A WeChat that opens the account of a user; proven by the user's phone or from a session of the user."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path")

    id = models.UUIDField(primary_key=True)
    app_id = models.TextField()
    openid = models.TextField()
    unionid = models.TextField(default="")
    user = models.ForeignKey(User, on_delete=models.CASCADE, db_index=False, related_name="+")
    owner_path = PathField()
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(default="")

    class Meta:
        db_table = "access_wechat_binding"
        constraints = (
            models.UniqueConstraint(
                fields=["app_id", "user"], name="access_wechat_user", condition=models.Q(ended_at=None)
            ),
        )
        indexes = (
            models.Index(
                fields=["app_id", "openid"], name="access_wechat_openid", condition=models.Q(ended_at=None)
            ),
        )


class WechatTicket(models.Model):
    """A WeChat that has shown itself and is not bound yet: what the client holds is only a random word."""

    row_security: ClassVar[RowSecurity] = SystemOnly(verbs=("INSERT", "UPDATE", "DELETE"))

    token_hash = models.BinaryField(primary_key=True)
    app_id = models.TextField()
    openid = models.TextField()
    unionid = models.TextField(default="")
    phone = models.TextField(default="")  # once it was proven
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_wechat_ticket"
        indexes = (models.Index(fields=["created_at"], name="access_ticket_created"),)


class WechatConsent(models.Model):
    """How many more messages of a template a person has agreed to get; WeChat counts each yes once."""

    row_security: ClassVar[RowSecurity] = PathScope("owner_path")

    pk = models.CompositePrimaryKey("user_id", "template_id")
    user_id = models.BigIntegerField()
    template_id = models.TextField()
    owner_path = PathField()
    answer = models.TextField()  # accept | reject | ban, as WeChat says it
    remaining = models.IntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "access_wechat_consent"


class WechatMessage(models.Model):
    """An event that is told to a person in WeChat, once: WAITING, SENDING, then SENT, FAILED or UNSURE."""

    row_security: ClassVar[RowSecurity] = SystemOnly(verbs=("INSERT", "UPDATE", "DELETE"))

    event_id = models.BigIntegerField()
    user_id = models.BigIntegerField()
    template_id = models.TextField()
    page = models.TextField()
    data = models.JSONField()
    state = models.TextField(default="WAITING")
    attempts = models.IntegerField(default=0)
    problem = models.TextField(default="")
    next_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "access_wechat_message"
        constraints = (
            models.UniqueConstraint(
                fields=["event_id", "user_id", "template_id"], name="access_wechat_message_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["next_at", "id"],
                name="access_wechat_message_due",
                condition=models.Q(state__in=("WAITING", "SENDING")),
            ),
            models.Index(fields=["created_at"], name="access_wechat_message_created"),
        )
