"""Texts to phones wait in a table."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0014_enter"),
    ]

    operations = [
        migrations.CreateModel(
            name="OutgoingMessage",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.TextField()),
                ("recipient", models.TextField()),
                ("values", models.JSONField(default=dict)),
                ("state", models.TextField(default="WAITING")),
                ("attempts", models.IntegerField(default=0)),
                ("next_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("problem", models.TextField(default="")),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "platform_outgoing_message",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "WAITING")),
                        fields=["next_at"],
                        name="platform_message_waiting",
                    ),
                    models.Index(fields=["created_at"], name="platform_message_created"),
                ],
            },
        ),
    ]
