from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("policies", "0003_moving_paths")]
    operations = [
        migrations.AddField(
            model_name="version",
            name="late_joiners",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
