"""The administrative divisions of China down to the district; `load_regions` brings newer ones and streets."""

from typing import Any

from django.db import migrations

from huiliu.partners.regions import packaged_regions


def load(apps: Any, _schema_editor: Any) -> None:
    model = apps.get_model("partners", "Region")
    model.objects.bulk_create(
        [
            model(code=row.code, name=row.name, parent_code=row.parent_code, level=row.level)
            for row in packaged_regions()
        ],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("partners", "0002_functions")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
