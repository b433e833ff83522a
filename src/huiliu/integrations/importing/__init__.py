"""The general importer: files as people send them → rows → the modules' own services. Decides nothing itself."""
