-- The first day until which goods must be sellable when this seller promises them: the day itself, or as many days
-- later as the seller, else the brand, wants to be left at shipment.
CREATE OR REPLACE FUNCTION inventory_fresh_on(p_seller bigint, p_day date) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT p_day + coalesce(
    (SELECT value FROM public.platform_setting WHERE key = 'inventory.shelf_days_left.' || p_seller),
    (SELECT value FROM public.platform_setting WHERE key = 'inventory.shelf_days_left'), '0'::jsonb)::int
$$;
REVOKE ALL ON FUNCTION inventory_fresh_on(bigint, date) FROM PUBLIC;
