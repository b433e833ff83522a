"""What the tests of partners share."""

from __future__ import annotations

import pytest

from huiliu.platform.models import CustomField


@pytest.fixture
def trucks(db: None) -> CustomField:
    """The brand counts its partners' trucks."""
    return CustomField.objects.create(entity="partner", code="trucks", label="车辆数", kind="NUMBER")
