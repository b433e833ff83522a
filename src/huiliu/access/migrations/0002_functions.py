from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        run_sql_file(__file__, "placement.sql"),
    ]
