"""Lists as files: the same selectors, reach and masks as the screen, page by page, in three formats."""
