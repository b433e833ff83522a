"""Pure building blocks: money, quantity, period, states, refusals, ids. No I/O, no clock, no Django."""
