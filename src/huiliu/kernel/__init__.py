"""The vocabulary everything stands on: money, quantity, period, states, refusals, ids, paths, text.

Pure: no Django, no I/O, no clock. Owns no table and knows no module.
"""
