-- Rewrite the beginning of path columns after a move. The columns come from the declarations of row security.
CREATE OR REPLACE FUNCTION access_rewrite_paths(p_before text, p_after text, p_columns text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  target text;
  changed bigint;
  total bigint := 0;
BEGIN
  FOREACH target IN ARRAY p_columns LOOP
    EXECUTE format('UPDATE public.%I SET %I = $2 || substr(%I, length($1) + 1) WHERE %I >= $1 AND %I < left($1, -1) || ''/''',
                   split_part(target, '.', 1), split_part(target, '.', 2), split_part(target, '.', 2),
                   split_part(target, '.', 2), split_part(target, '.', 2)) USING p_before, p_after;
    GET DIAGNOSTICS changed = ROW_COUNT;
    total := total + changed;
  END LOOP;
  RETURN total;
END $$;
REVOKE ALL ON FUNCTION access_rewrite_paths(text, text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access_rewrite_paths(text, text, text[]) TO huiliu_system;
