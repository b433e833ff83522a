-- What happened stays: nobody rewrites the log or the audit trail, the owner included. Only the paths say whose a
-- row is today and follow a moved organization (docs/adr/0006): no role but the owner has UPDATE, so no route can.
CREATE OR REPLACE FUNCTION platform_refuse_rewrite() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'HL001';
END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE DELETE OR TRUNCATE OR UPDATE OF id, row_xid, type, subject_type,
  subject_id, broadcast, payload, user_id, effective_at, recorded_at ON platform_event
  FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_rewrite();
CREATE OR REPLACE TRIGGER append_only BEFORE DELETE OR TRUNCATE OR UPDATE OF id, at, user_id, impersonator_id,
  action, subject_type, subject_id, reason, before, after, request_id ON platform_audit_record
  FOR EACH STATEMENT EXECUTE FUNCTION platform_refuse_rewrite();
