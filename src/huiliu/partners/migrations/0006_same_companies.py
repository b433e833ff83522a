from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("partners", "0005_uscc_check")]
    operations = [run_sql_file(__file__, "duplicates.sql")]
