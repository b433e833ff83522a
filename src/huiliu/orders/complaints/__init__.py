"""Complaints about orders: what the buyer is not content with, the seller's answer, the end of it.

A complaint moves neither goods nor money; what is settled is settled by a return or a receipt of its own.
"""
