-- The rows of a published list are what partners were told: they stay, whatever the code above does.
CREATE OR REPLACE FUNCTION pricing_refuse_edit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM public.policies_version v
              WHERE v.publish_no IS NOT NULL AND v.id IN (SELECT DISTINCT t.version_id FROM touched t)) THEN
    RAISE EXCEPTION 'a published version is never edited' USING ERRCODE = 'HL301';
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER never_added AFTER INSERT ON pricing_row REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION pricing_refuse_edit();
CREATE OR REPLACE TRIGGER never_edited AFTER UPDATE ON pricing_row REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION pricing_refuse_edit();
CREATE OR REPLACE TRIGGER never_removed AFTER DELETE ON pricing_row REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION pricing_refuse_edit();
