from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("platform", "0001_initial")]
    operations = [
        run_sql_file(__file__, "modules.sql"),
        run_sql_file(__file__, "append_only.sql"),
        run_sql_file(__file__, "numbering.sql"),
        run_sql_file(__file__, "stamps.sql"),
    ]
