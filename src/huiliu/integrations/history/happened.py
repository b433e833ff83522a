"""The event log of a history: what happened to each document, in the words of the services."""

from __future__ import annotations

from huiliu.integrations.history.documents import HistoryOptions

EVENT_COLUMNS = "type, subject_type, subject_id, visible_path, visible_path_2, broadcast, payload, user_id, effective_at, recorded_at"


def events_sql(options: HistoryOptions) -> str:
    """Rows for EVENT_COLUMNS; a history that was delivered at once says only that it is recorded."""
    if options.mode == "delivered":
        told = [_event(options, "order.recorded", "o.received_at", "'number', o.number", "h_order o")]
    else:
        told = _orders(options)
    told += [*_returns(options), _receipts(options)]
    rows = " UNION ALL ".join(told)
    # In time, as a timeline reads them; one event a document needs no order.
    if options.mode == "delivered":
        return rows
    columns = "what, about, id, path, other_path, public, payload, person, happened_at, recorded_at"
    return f"SELECT * FROM ({rows}) AS e({columns}) ORDER BY happened_at, what <> 'order.submitted'"


def _event(
    options: HistoryOptions,
    name: str,
    at: str,
    payload: str,
    tables: str,
    *,
    subject: str = "order",
    id_: str = "o.id",
) -> str:
    user = "NULL" if options.user_id is None else str(options.user_id)
    return f"""
    SELECT '{name}', '{subject}', {id_}, o.buyer_path, o.seller_path, false, CAST(json_object({payload}) AS VARCHAR), {user},
           {at}, {at} FROM {tables}"""


def _money(amount: str, options: HistoryOptions) -> str:
    """An amount as the services write it: at its currency's exponent, nothing as 0."""
    return f"CASE WHEN {amount} = 0 THEN '0' ELSE CAST(CAST({amount} AS DECIMAL(20,{options.exponent})) AS VARCHAR) END"


def _orders(options: HistoryOptions) -> list[str]:
    shipments = "h_shipment s JOIN h_order o USING (order_key)"
    return [
        _event(
            options,
            "order.submitted",
            "o.submitted_at",
            f"'number', o.number, 'gross_amount', {_money('o.gross_amount', options)}, 'currency', '{options.currency}',"
            " 'buyer', o.buyer_name, 'lines', o.line_count, 'state', 'SUBMITTED'",
            "h_order o",
        ),
        _event(
            options,
            "order.step_confirm",
            "o.submitted_at",
            "'number', o.number, 'state', 'CONFIRMED'",
            "h_order o",
        ),
        _event(
            options,
            "order.shipped",
            "s.shipped_at",
            "'number', o.number, 'shipment_id', s.id, 'shipment', s.number, 'state', s.shipped_state, 'lines', s.lines,"
            f" 'gross_amount', {_money('s.gross_amount', options)}",
            shipments,
        ),
        _event(
            options,
            "order.received",
            "s.received_at",
            "'number', o.number, 'shipment_id', s.id, 'shipment', s.number, 'state', s.received_state,"
            f" 'differences', s.differences, 'credited', {_money('s.credited', options)}",
            f"{shipments} WHERE s.received_at IS NOT NULL",
        ),
        _event(
            options,
            "order.cancelled",
            "c.cancelled_at",
            "'number', o.number, 'reason', c.reason, 'state', c.state, 'lines', c.lines,"
            f" 'gross_amount', {_money('c.gross_amount', options)}",
            "h_cancellation c JOIN h_order o USING (order_key)",
        ),
    ]


def _returns(options: HistoryOptions) -> list[str]:
    """Of returns that name their order; loose ones have no timeline to stand in."""
    payload = (
        "'number', o.order_number, 'return_id', o.id, 'return', o.number,"
        f" 'gross_amount', {_money('o.gross_amount', options)}"
    )
    known = "h_return_head o WHERE o.order_id IS NOT NULL"
    return [
        _event(
            options,
            "order.return_requested",
            "o.returned_at",
            payload + ", 'reason', o.reason",
            known,
            id_="o.order_id",
        ),
        _event(options, "order.return_received", "o.returned_at", payload, known, id_="o.order_id"),
    ]


def _receipts(options: HistoryOptions) -> str:
    return _event(
        options,
        "receipt.posted",
        'o."at"',
        f"'number', o.number, 'amount', {_money('o.amount', options)}, 'currency', '{options.currency}'",
        "h_receipt_head o",
        subject="receipt",
    )
