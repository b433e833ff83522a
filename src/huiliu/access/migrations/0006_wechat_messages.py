"""Events that are told to people in WeChat, each once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0005_phones_and_wechat"),
    ]

    operations = [
        migrations.CreateModel(
            name="WechatMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_id", models.BigIntegerField()),
                ("user_id", models.BigIntegerField()),
                ("template_id", models.TextField()),
                ("page", models.TextField()),
                ("data", models.JSONField()),
                ("state", models.TextField(default="WAITING")),
                ("attempts", models.IntegerField(default=0)),
                ("problem", models.TextField(default="")),
                ("next_at", models.DateTimeField()),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "access_wechat_message",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("WAITING", "SENDING"))),
                        fields=["next_at", "id"],
                        name="access_wechat_message_due",
                    ),
                    models.Index(fields=["created_at"], name="access_wechat_message_created"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event_id", "user_id", "template_id"), name="access_wechat_message_once"
                    )
                ],
            },
        ),
    ]
