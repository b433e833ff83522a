-- Rewrite the beginning of path columns after a move, at most p_rows_max rows; returns how many.
-- The columns come from the declarations of row security. A pass that returns less than p_rows_max was whole.
DROP FUNCTION IF EXISTS access_rewrite_paths(text, text, text[]);
CREATE OR REPLACE FUNCTION access_rewrite_paths(p_before text, p_after text, p_columns text[], p_rows_max bigint)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  target text;
  changed bigint;
  total bigint := 0;
BEGIN
  FOREACH target IN ARRAY p_columns LOOP
    EXECUTE format(
      'UPDATE public.%1$I SET %2$I = $2 || substr(%2$I, length($1) + 1) WHERE ctid = ANY (ARRAY('
      ' SELECT ctid FROM public.%1$I WHERE %2$I >= $1 AND %2$I < left($1, -1) || ''/'' LIMIT $3))',
      split_part(target, '.', 1), split_part(target, '.', 2)) USING p_before, p_after, p_rows_max - total;
    GET DIAGNOSTICS changed = ROW_COUNT;
    total := total + changed;
    EXIT WHEN total >= p_rows_max;
  END LOOP;
  RETURN total;
END $$;
REVOKE ALL ON FUNCTION access_rewrite_paths(text, text, text[], bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_rewrite_paths(text, text, text[], bigint) TO huiliu_system;

-- Whether any row still stands under a path.
CREATE OR REPLACE FUNCTION access_paths_left(p_before text, p_columns text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  target text;
  found_one boolean;
BEGIN
  FOREACH target IN ARRAY p_columns LOOP
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM public.%1$I WHERE %2$I >= $1 AND %2$I < left($1, -1) || ''/'')',
                   split_part(target, '.', 1), split_part(target, '.', 2)) INTO found_one USING p_before;
    IF found_one THEN RETURN true; END IF;
  END LOOP;
  RETURN false;
END $$;
REVOKE ALL ON FUNCTION access_paths_left(text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_paths_left(text, text[]) TO huiliu_system;
