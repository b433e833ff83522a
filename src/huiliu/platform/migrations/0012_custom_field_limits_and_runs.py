"""Custom fields have limits, a hint and a place in lists; recurring work tells how its latest run went."""

from django.db import migrations, models

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0011_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="customfield",
            name="help",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="customfield",
            name="in_list",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="customfield",
            name="limits",
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
        migrations.AddField(
            model_name="periodicrun",
            name="every_seconds",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="periodicrun",
            name="failures",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="periodicrun",
            name="module",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="periodicrun",
            name="problem",
            field=models.TextField(db_default="", default=""),
        ),
        migrations.AddField(
            model_name="periodicrun",
            name="ran_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="periodicrun",
            name="took_ms",
            field=models.IntegerField(db_default=0, default=0),
        ),
        run_sql_file(__file__, "health.sql"),
    ]
