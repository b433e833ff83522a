"""Getting goods out and in: what waits to be shipped, what is short and who waits for it, picks, shipments on the road.

Reads only; the moves themselves are `orders.services`.
"""
