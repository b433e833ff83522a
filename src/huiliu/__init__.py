"""Huiliu (汇流): the whole sales channel of a brand as one connected system."""
