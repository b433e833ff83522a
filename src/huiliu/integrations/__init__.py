"""Import and export of files, carrier adapters. Knows formats, decides nothing."""
