"""Who the brand sells through: the partner master, contacts, addresses, contracts, tiers, tags. Not who may sign in (access) nor what they owe (receivables)."""
