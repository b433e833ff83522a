"""Metrics declared once, the warehouse they are computed from, drill-down. Reads the flows, writes none."""
