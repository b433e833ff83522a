import django.contrib.postgres.fields
import django.db.models.expressions
from django.db import migrations, models

import huiliu.platform.models
from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_functions"),
    ]

    operations = [
        migrations.AddField(
            model_name="apiclient",
            name="owner_path",
            field=huiliu.platform.models.PathField(db_collation="C", db_default="", default=""),
        ),
        migrations.AddField(
            model_name="organization",
            name="seats",
            field=models.IntegerField(db_default=20, default=20),
        ),
        migrations.AddField(
            model_name="organization",
            name="version",
            field=models.IntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="user",
            name="must_change_password",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="user",
            name="recovery_hashes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(),
                db_default=models.Value(
                    [], django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)
                ),
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="totp_step",
            field=models.BigIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="user",
            name="version",
            field=models.IntegerField(db_default=1, default=1),
        ),
        migrations.CreateModel(
            name="PathRewrite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", huiliu.platform.models.PathField(db_collation="C")),
                ("after", huiliu.platform.models.PathField(db_collation="C")),
                (
                    "row_xid",
                    huiliu.platform.models.XidField(
                        db_default=django.db.models.expressions.RawSQL(
                            "(pg_current_xact_id()::text::bigint)", []
                        ),
                        editable=False,
                    ),
                ),
                ("rows_done", models.BigIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "access_path_rewrite",
                "indexes": [
                    models.Index(
                        condition=models.Q(("finished_at", None)),
                        fields=["id"],
                        name="access_path_rewrite_open",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "UPDATE access_api_client c SET owner_path = u.organization_path FROM access_user u WHERE u.id = c.user_id",
            migrations.RunSQL.noop,
        ),
        run_sql_file(__file__, "resolve.sql"),
        run_sql_file(__file__, "rewrite.sql"),
    ]
