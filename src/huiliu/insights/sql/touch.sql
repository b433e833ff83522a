-- A return counts when it is taken in: the move of its state makes it news for the warehouse.
CREATE OR REPLACE FUNCTION insights_touch() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.row_xid := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS insights_touch ON orders_return;
CREATE TRIGGER insights_touch BEFORE UPDATE OF state ON orders_return
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION insights_touch();
CREATE INDEX IF NOT EXISTS insights_return_xid ON orders_return USING brin (row_xid) WITH (autosummarize = on);
