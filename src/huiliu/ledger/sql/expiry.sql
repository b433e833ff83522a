-- The day until which a lot may be sold: the date its text begins with, alone or before a slash. NULL: a lot without
-- a date, goods that are not kept by lot, and texts that only look like a date.
CREATE OR REPLACE FUNCTION ledger_expiry_of(p_lot text) RETURNS date LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
  IF p_lot !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}(/|$)' THEN
    RETURN NULL;
  END IF;
  BEGIN
    RETURN make_date(substr(p_lot, 1, 4)::int, substr(p_lot, 6, 2)::int, substr(p_lot, 9, 2)::int);
  EXCEPTION WHEN datetime_field_overflow THEN
    RETURN NULL;
  END;
END $$;
