"""Transfers and holds between accounts, in money and in goods: the only balances of the system."""
