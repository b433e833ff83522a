-- What was granted stays on record: a mistake is corrected by another grant.
CREATE OR REPLACE FUNCTION credit_refuse_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of limits only grows' USING ERRCODE = 'HL401';
END $$;
CREATE OR REPLACE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_limit
  FOR EACH STATEMENT EXECUTE FUNCTION credit_refuse_edit();
