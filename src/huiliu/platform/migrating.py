"""`python -m huiliu.platform.migrating`: migrate the database named by the environment, as its owner."""

import django

if __name__ == "__main__":
    django.setup()
    from huiliu.platform.database import migrate_here

    migrate_here()
