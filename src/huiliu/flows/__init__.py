"""Processes that cross modules, one file each, and the only event subscriptions."""
