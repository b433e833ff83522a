"""What tests stand on: databases, actors and builders. Shipped with the source, imported by tests only."""
