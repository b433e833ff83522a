-- A company's name without what varies between two spellings of it: blanks, brackets, the legal form.
CREATE OR REPLACE FUNCTION partners_name_key(p_name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT regexp_replace(
    regexp_replace(lower(p_name), '[[:space:]()（）·,，.。、"“”-]', '', 'g'),
    '(有限责任公司|股份有限公司|集团有限公司|有限公司|股份公司|公司|ltd|inc|llc)$', '')
$$;
GRANT EXECUTE ON FUNCTION partners_name_key(text) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
CREATE INDEX IF NOT EXISTS partners_partner_name_key ON partners_partner (partners_name_key(name));

-- Who may be the same company, over the whole network. Ids only: what the reader may see of them, its reach says;
-- the rest is a number. Partners get nothing: a duplicate check must not become a way to look up competitors.
CREATE OR REPLACE FUNCTION partners_same_company(p_uscc text, p_phone text, p_name text, p_except bigint)
RETURNS TABLE (organization_id bigint, because text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT p.organization_id, 'uscc' FROM public.partners_partner p
   WHERE p_uscc <> '' AND p.uscc = p_uscc AND p.organization_id <> p_except
  UNION SELECT p.organization_id, 'phone' FROM public.partners_partner p
   WHERE p_phone <> '' AND p.phone = p_phone AND p.organization_id <> p_except
  UNION SELECT c.partner_id, 'phone' FROM public.partners_contact c
   WHERE p_phone <> '' AND c.phone = p_phone AND c.partner_id <> p_except
  UNION SELECT p.organization_id, 'name' FROM public.partners_partner p
   WHERE public.partners_name_key(p_name) <> '' AND public.partners_name_key(p.name) = public.partners_name_key(p_name)
     AND p.organization_id <> p_except
  LIMIT 100
$$;
REVOKE ALL ON FUNCTION partners_same_company(text, text, text, bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION partners_same_company(text, text, text, bigint) TO huiliu_staff, huiliu_branch, huiliu_system;
