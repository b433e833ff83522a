-- A published version is what partners were told: only its end may still be written, and only to come earlier.
CREATE SEQUENCE IF NOT EXISTS policies_publish_seq;
GRANT USAGE ON SEQUENCE policies_publish_seq TO huiliu_staff, huiliu_branch, huiliu_system;
CREATE OR REPLACE FUNCTION policies_refuse_edit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kept text[] := ARRAY['state', 'valid_to', 'ended_at', 'members_no'];
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.publish_no IS NOT NULL THEN RAISE EXCEPTION 'a published version stays' USING ERRCODE = 'HL301'; END IF;
    RETURN OLD;
  END IF;
  IF OLD.state NOT IN ('PUBLISHED', 'ENDED') THEN RETURN NEW; END IF;
  IF current_user = 'huiliu_owner' THEN kept := kept || 'within_path'::text; END IF;  -- a moved branch (docs/adr/0006)
  IF to_jsonb(NEW) - kept IS DISTINCT FROM to_jsonb(OLD) - kept
     OR (OLD.state = 'ENDED' AND NEW.state <> 'ENDED')
     OR NEW.state NOT IN ('PUBLISHED', 'ENDED')
     OR (OLD.valid_to IS NOT NULL AND (NEW.valid_to IS NULL OR NEW.valid_to > OLD.valid_to)) THEN
    RAISE EXCEPTION 'a published version is never edited' USING ERRCODE = 'HL301';
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER never_edited BEFORE UPDATE OR DELETE ON policies_version
  FOR EACH ROW EXECUTE FUNCTION policies_refuse_edit();
CREATE OR REPLACE TRIGGER stamp AFTER INSERT OR UPDATE OR DELETE ON policies_version
  FOR EACH STATEMENT EXECUTE FUNCTION platform_bump_stamp('policies');
CREATE OR REPLACE TRIGGER stamp AFTER INSERT OR DELETE ON policies_member
  FOR EACH STATEMENT EXECUTE FUNCTION platform_bump_stamp('policies');

-- How many versions of a line there are and whose it is, also when the asker does not see them.
CREATE OR REPLACE FUNCTION policies_line(p_kind text, p_code text)
RETURNS TABLE (latest int, seller_id bigint, within_path text, has_draft boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT max(v.version_no), min(v.seller_id), min(v.within_path), bool_or(v.state IN ('DRAFT', 'APPROVED'))
    FROM public.policies_version v WHERE v.kind = p_kind AND v.code = p_code HAVING count(*) > 0
$$;
REVOKE ALL ON FUNCTION policies_line(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION policies_line(text, text) TO huiliu_staff, huiliu_branch, huiliu_system;
