"""Decisions about complaints: pure."""

from __future__ import annotations

from huiliu.orders.types import ComplaintState

COMPLAINT_MOVES = {
    ComplaintState.OPEN: frozenset({ComplaintState.ANSWERED, ComplaintState.CLOSED}),
    ComplaintState.ANSWERED: frozenset({ComplaintState.CLOSED}),
    ComplaintState.CLOSED: frozenset[ComplaintState](),
}


def complaint_actions(
    *, state: ComplaintState, is_seller: bool, is_buyer: bool, scopes: frozenset[str]
) -> list[str]:
    """What this reader may do to this complaint now: the seller answers, the buyer ends it."""
    moves = COMPLAINT_MOVES[state]
    actions = []
    if is_seller and ComplaintState.ANSWERED in moves and "orders:answer" in scopes:
        actions.append("answer")
    if is_buyer and ComplaintState.CLOSED in moves and "orders:complain" in scopes:
        actions.append("close")
    return actions
