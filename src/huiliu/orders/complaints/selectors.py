"""Complaints as the reader may see them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from huiliu.orders.errors import ComplaintNotVisible
from huiliu.orders.models import Complaint


def list_complaints(
    *,
    state: str = "",
    order_id: UUID | None = None,
    buyer_id: int | None = None,
    seller_id: int | None = None,
    after: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> list[Complaint]:
    """Newest first by (complained_at, id)."""
    rows = Complaint.objects.all()
    for name, value in (
        ("state", state or None),
        ("order_id", order_id),
        ("buyer_id", buyer_id),
        ("seller_id", seller_id),
    ):
        if value is not None:
            rows = rows.filter(**{name: value})
    if after is not None:
        rows = rows.filter(Q(complained_at__lt=after[0]) | Q(complained_at=after[0], id__lt=after[1]))
    return list(rows.order_by("-complained_at", "-id")[:limit])


def find_complaint(complaint_id: UUID) -> Complaint:
    """Raises: ComplaintNotVisible."""
    found = Complaint.objects.filter(pk=complaint_id).first()
    if found is None:
        raise ComplaintNotVisible("There is no such complaint.", complaint_id=str(complaint_id))
    return found
