"""Organizations, users, roles, the actor, reach and row security. Knows no partner data."""
