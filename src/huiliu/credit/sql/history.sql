-- What was granted stays on record: a mistake is corrected by another grant. Only the paths follow a moved
-- organization (docs/adr/0006): no role but the owner has UPDATE.
CREATE OR REPLACE FUNCTION credit_refuse_edit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the history of limits only grows' USING ERRCODE = 'HL401';
END $$;
CREATE OR REPLACE TRIGGER only_grows BEFORE DELETE OR TRUNCATE OR UPDATE OF id, kind, seller_id, buyer_id, currency, amount,
  valid_from, valid_to, revokes_id, reason, approved_by, created_at ON credit_limit
  FOR EACH STATEMENT EXECUTE FUNCTION credit_refuse_edit();
