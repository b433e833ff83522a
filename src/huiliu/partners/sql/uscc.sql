-- The check of rules.check_uscc (GB 32100-2015, mod 31) for what was loaded in bulk: shape, authority, region and
-- check character; 15 digits of an old licence hold. The organization part (mod 11) is left to the check on writing.
CREATE OR REPLACE FUNCTION partners_uscc_holds(p_uscc text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT p_uscc ~ '^[0-9]{15}$' OR (
    p_uscc ~ '^[1-9ANY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$'
    AND strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', right(p_uscc, 1)) - 1 = (31 - (
      SELECT sum((strpos('0123456789ABCDEFGHJKLMNPQRTUWXY', substr(p_uscc, w.at::int, 1)) - 1) * w.weight)
        FROM unnest(ARRAY[1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28])
             WITH ORDINALITY AS w (weight, at)
    ) % 31) % 31)
$$;
GRANT EXECUTE ON FUNCTION partners_uscc_holds(text) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
CREATE INDEX IF NOT EXISTS partners_partner_uscc_wrong ON partners_partner (sort_key)
  WHERE uscc <> '' AND NOT partners_uscc_holds(uscc);
