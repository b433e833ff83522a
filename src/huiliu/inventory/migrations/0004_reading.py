from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("inventory", "0003_functions"), ("partners", "0001_initial")]
    operations = [run_sql_file(__file__, "read.sql")]
