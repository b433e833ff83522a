from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("partners", "0004_papers")]
    operations = [run_sql_file(__file__, "uscc.sql")]
