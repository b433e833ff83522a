-- What was written stays; who may call what; how the hot table is stored.
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_rewrite();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_transfer
  FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_rewrite();

-- A balance changes in place (no index contains it) as long as its page has room.
ALTER TABLE ledger_account SET (fillfactor = 75, autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE ledger_hold SET (autovacuum_vacuum_scale_factor = 0.05);

DO $$ DECLARE f record; BEGIN
  FOR f IN SELECT oid::regprocedure AS name, prosecdef FROM pg_proc
            WHERE proname LIKE 'ledger\_%' AND pronamespace = 'public'::regnamespace LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system', f.name);
    IF f.prosecdef THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system', f.name);
    END IF;
  END LOOP;
END $$;

REVOKE ALL ON FUNCTION ledger_prove(bigint[]), ledger_expire_holds(timestamptz, int) FROM huiliu_branch, huiliu_partner;
