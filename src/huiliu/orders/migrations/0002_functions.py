from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial"), ("ledger", "0002_functions"), ("platform", "0002_functions")]
    operations = [run_sql_file(__file__, "stock.sql"), run_sql_file(__file__, "place.sql")]
