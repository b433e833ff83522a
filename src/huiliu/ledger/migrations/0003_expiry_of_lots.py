"""A lot's expiry stands on its account: promises go by date, and goods that are too old are promised to nobody."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.models import F, Func

from huiliu.platform.sql_files import run_sql_file

#: Before promises knew how fresh the goods must be; two of one name would be ambiguous to a caller.
FORMER = (
    "DROP FUNCTION IF EXISTS ledger_hold_order(uuid, bigint, timestamptz, bigint, bigint, text, numeric,"
    " int[], bigint[], numeric[], bigint[], boolean, timestamptz)"
)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0002_functions")]
    operations: ClassVar = [
        run_sql_file(__file__, "expiry.sql"),
        migrations.AddField(
            "account",
            "expires_on",
            models.GeneratedField(
                expression=Func(F("lot"), function="ledger_expiry_of"),
                output_field=models.DateField(null=True),
                db_persist=True,
            ),
        ),
        migrations.RunSQL(FORMER, migrations.RunSQL.noop),
        run_sql_file(__file__, "hold.sql"),
        run_sql_file(__file__, "guard.sql"),
    ]
