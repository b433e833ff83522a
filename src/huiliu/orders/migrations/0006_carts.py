"""The first draft of carts goes: one list of lines per seller, never written by any service."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    dependencies: ClassVar = [("orders", "0005_newest_of_a_state")]
    operations: ClassVar = [migrations.DeleteModel(name="Cart")]
