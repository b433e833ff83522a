"""Price lists and their resolution, with the reason for every number. Not promotions."""
