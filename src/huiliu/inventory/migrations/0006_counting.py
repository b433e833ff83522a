from django.db import migrations, models

import huiliu.inventory.models


class Migration(migrations.Migration):
    dependencies = [("inventory", "0005_sales")]
    operations = [
        migrations.AddField("stockcount", "by_lot", models.BooleanField(default=False)),
        migrations.AddField(
            "stockcount",
            "recount_above",
            huiliu.inventory.models.Units(decimal_places=6, max_digits=20, null=True),
        ),
    ]
