-- An organization stands in one place at a time. int8range carries the equality that gist lacks without contrib.
ALTER TABLE access_placement ADD CONSTRAINT access_placement_once EXCLUDE USING gist (
  int8range(organization_id, organization_id, '[]') WITH &&, daterange(valid_from, valid_to) WITH &&);
