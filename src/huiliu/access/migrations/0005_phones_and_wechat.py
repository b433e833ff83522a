"""Codes to phones, WeChat bindings and consents, what a session was opened with."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import huiliu.platform.models
from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_personal_settings"),
    ]

    operations = [
        migrations.CreateModel(
            name="SignInCode",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("phone", models.TextField()),
                ("code_hash", models.BinaryField()),
                ("ip", models.TextField(default="")),
                ("tries", models.IntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "access_sign_in_code",
            },
        ),
        migrations.CreateModel(
            name="WechatBinding",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("app_id", models.TextField()),
                ("openid", models.TextField()),
                ("unionid", models.TextField(default="")),
                ("owner_path", huiliu.platform.models.PathField(db_collation="C")),
                ("created_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_because", models.TextField(default="")),
            ],
            options={
                "db_table": "access_wechat_binding",
            },
        ),
        migrations.CreateModel(
            name="WechatConsent",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "user_id",
                        "template_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("user_id", models.BigIntegerField()),
                ("template_id", models.TextField()),
                ("owner_path", huiliu.platform.models.PathField(db_collation="C")),
                ("answer", models.TextField()),
                ("remaining", models.IntegerField(default=0)),
                ("updated_at", models.DateTimeField()),
            ],
            options={
                "db_table": "access_wechat_consent",
            },
        ),
        migrations.CreateModel(
            name="WechatTicket",
            fields=[
                ("token_hash", models.BinaryField(primary_key=True, serialize=False)),
                ("app_id", models.TextField()),
                ("openid", models.TextField()),
                ("unionid", models.TextField(default="")),
                ("phone", models.TextField(default="")),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "access_wechat_ticket",
            },
        ),
        migrations.AddField(
            model_name="session",
            name="proven_phone",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="session",
            name="proven_users",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                db_default=models.Value(
                    [],
                    django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                ),
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="session",
            name="wechat_binding_id",
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(
                condition=models.Q(("phone", ""), _negated=True), fields=["phone"], name="access_user_phone"
            ),
        ),
        migrations.AddIndex(
            model_name="signincode",
            index=models.Index(fields=["phone", "-created_at"], name="access_code_phone"),
        ),
        migrations.AddIndex(
            model_name="signincode",
            index=models.Index(fields=["ip", "-created_at"], name="access_code_ip"),
        ),
        migrations.AddIndex(
            model_name="signincode",
            index=models.Index(fields=["created_at"], name="access_code_created"),
        ),
        migrations.AddField(
            model_name="wechatbinding",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="wechatticket",
            index=models.Index(fields=["created_at"], name="access_ticket_created"),
        ),
        migrations.AddIndex(
            model_name="wechatbinding",
            index=models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["app_id", "openid"],
                name="access_wechat_openid",
            ),
        ),
        migrations.AddConstraint(
            model_name="wechatbinding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("app_id", "user"), name="access_wechat_user"
            ),
        ),
        run_sql_file(__file__, "resolve_by_proof.sql"),
    ]
