-- The name that a buyer has on an order is noted when it is new; a search for names reads these few rows (docs/adr/0008).
CREATE OR REPLACE FUNCTION orders_note_names() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO public.orders_buyer_name (buyer_id, seller_id, name, buyer_path, seller_path)
  SELECT DISTINCT ON (f.buyer_id, f.seller_id, f.buyer_name) f.buyer_id, f.seller_id, f.buyer_name, f.buyer_path, f.seller_path
    FROM fresh f
   WHERE NOT EXISTS (SELECT FROM public.orders_buyer_name n
                      WHERE n.buyer_id = f.buyer_id AND n.seller_id = f.seller_id AND n.name = f.buyer_name);
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER note_names AFTER INSERT ON orders_order REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION orders_note_names();
INSERT INTO orders_buyer_name (buyer_id, seller_id, name, buyer_path, seller_path)
SELECT DISTINCT ON (buyer_id, seller_id, buyer_name) buyer_id, seller_id, buyer_name, buyer_path, seller_path FROM orders_order;
