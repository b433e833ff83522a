-- Document numbers: prefix + day + sequence per (type, organization, day), without a lock that orders would queue on.
-- One sequence serves all; the first number of a day fixes the day's base. Gaps are allowed, doubles impossible.
-- The setting `numbering.<type>` says prefix, digits and whether the count starts again every DAY, MONTH or YEAR;
-- the date part is as long as that period's, so numbers of two settings never meet.
CREATE SEQUENCE IF NOT EXISTS platform_number_seq;
CREATE OR REPLACE FUNCTION platform_next_number(p_type text, p_organization bigint, p_day date)
RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  start bigint;
  first date;
  dated text;
  format jsonb;
  count text;
BEGIN
  SELECT value INTO format FROM public.platform_setting WHERE key = 'numbering.' || p_type;
  CASE coalesce(format->>'reset', 'DAY')
    WHEN 'MONTH' THEN first := date_trunc('month', p_day)::date; dated := to_char(p_day, 'YYYYMM');
    WHEN 'YEAR' THEN first := date_trunc('year', p_day)::date; dated := to_char(p_day, 'YYYY');
    ELSE first := p_day; dated := to_char(p_day, 'YYYYMMDD');
  END CASE;
  SELECT base INTO start FROM public.platform_number_base WHERE type = p_type AND organization_id = p_organization AND day = first;
  IF start IS NULL THEN
    INSERT INTO public.platform_number_base (type, organization_id, day, base)
    VALUES (p_type, p_organization, first, nextval('public.platform_number_seq')) ON CONFLICT DO NOTHING;
    SELECT base INTO start FROM public.platform_number_base WHERE type = p_type AND organization_id = p_organization AND day = first;
  END IF;
  count := (nextval('public.platform_number_seq') - start)::text;
  -- lpad cuts what is longer: the ten-thousandth number of a day would be an earlier one again.
  RETURN coalesce(format->>'prefix', CASE p_type WHEN 'order' THEN 'XS' WHEN 'shipment' THEN 'CK' WHEN 'return' THEN 'TH'
                    WHEN 'receipt' THEN 'SK' WHEN 'complaint' THEN 'TS' ELSE upper(left(p_type, 2)) END)
      || dated || '-'
      || lpad(count, greatest(length(count), coalesce((format->>'digits')::int, 4)), '0');
END $$;
REVOKE ALL ON FUNCTION platform_next_number(text, bigint, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_next_number(text, bigint, date) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
