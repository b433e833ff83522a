from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("credit", "0002_functions")]
    operations = [run_sql_file(__file__, "history.sql")]
