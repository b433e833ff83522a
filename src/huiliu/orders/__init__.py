"""Orders, shipments, receipts, returns: the documents that move goods and money."""
