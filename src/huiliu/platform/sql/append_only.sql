-- What happened stays: nobody rewrites the log or the audit trail, the owner included.
CREATE OR REPLACE FUNCTION platform_refuse_rewrite() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'HL001';
END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platform_event
  FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_rewrite();
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON platform_audit_record
  FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_rewrite();
