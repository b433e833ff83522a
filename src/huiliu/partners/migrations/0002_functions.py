from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial"), ("platform", "0002_functions"), ("access", "0001_initial")]
    operations = [run_sql_file(__file__, "facts.sql"), run_sql_file(__file__, "duplicates.sql")]
