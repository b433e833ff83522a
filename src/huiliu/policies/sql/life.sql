-- A published version is what partners were told: only its end may still be written.
CREATE SEQUENCE IF NOT EXISTS policies_publish_seq;
GRANT USAGE ON SEQUENCE policies_publish_seq TO huiliu_staff, huiliu_branch, huiliu_system;
CREATE OR REPLACE FUNCTION policies_refuse_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.state IN ('PUBLISHED', 'ENDED') THEN RAISE EXCEPTION 'a published version stays' USING ERRCODE = 'HL301'; END IF;
    RETURN OLD;
  END IF;
  IF OLD.state IN ('PUBLISHED', 'ENDED') AND
     (NEW.kind, NEW.code, NEW.version_no, NEW.seller_id, NEW.audience::text, NEW.content::text, NEW.valid_from, NEW.digest, NEW.publish_no)
     IS DISTINCT FROM
     (OLD.kind, OLD.code, OLD.version_no, OLD.seller_id, OLD.audience::text, OLD.content::text, OLD.valid_from, OLD.digest, OLD.publish_no) THEN
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
