"""The tables of a library that never ran anything here are gone (docs/adr/0005)."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

DROP = """
DO $$ DECLARE thing text; BEGIN
  FOR thing IN SELECT format('TABLE %I', tablename) FROM pg_tables
    WHERE schemaname = 'public' AND tablename LIKE 'procrastinate\\_%' LOOP
    EXECUTE 'DROP ' || thing || ' CASCADE';
  END LOOP;
  FOR thing IN SELECT 'ROUTINE ' || oid::regprocedure FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'procrastinate\\_%' LOOP
    EXECUTE 'DROP ' || thing || ' CASCADE';
  END LOOP;
  FOR thing IN SELECT format('TYPE %I', typname) FROM pg_type
    WHERE typnamespace = 'public'::regnamespace AND typname LIKE 'procrastinate\\_%' AND typtype IN ('e', 'c') LOOP
    EXECUTE 'DROP ' || thing || ' CASCADE';
  END LOOP;
  DELETE FROM django_migrations WHERE app = 'procrastinate';
END $$
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("platform", "0009_jobs_and_files")]
    operations: ClassVar = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
