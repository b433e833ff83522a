from django.db import migrations, models

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("inventory", "0004_reading")]
    operations = [
        migrations.AddField("saleline", "lots", models.JSONField(default=dict)),
        run_sql_file(__file__, "sales.sql"),
    ]
