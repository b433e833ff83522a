from django.db import migrations

from huiliu.platform.sql_files import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("inventory", "0002_documents_of_stock"), ("ledger", "0002_functions")]
    operations = [run_sql_file(__file__, "stock.sql")]
