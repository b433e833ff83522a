from django.db import migrations

from huiliu.platform.sql_files import run_sql_file

FILES = ("accounts", "move", "apply", "hold", "read", "guard")


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("platform", "0002_functions"), ("access", "0001_initial")]
    operations = [run_sql_file(__file__, f"{name}.sql") for name in FILES]
