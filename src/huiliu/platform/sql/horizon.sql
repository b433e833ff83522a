-- Below this transaction id every row of this database is committed for good or never comes: readers that stop here
-- skip nothing. Transactions of other databases of the cluster share the counter but cannot write here; those that
-- are certainly theirs are left out, so that one brand's import does not hold up another brand's figures.
-- Pass pg_current_snapshot() of the statement that reads. Who holds no lock any more, or is unknown, counts as ours.
CREATE OR REPLACE FUNCTION platform_horizon(p_snapshot pg_snapshot) RETURNS bigint
LANGUAGE sql VOLATILE SET search_path = pg_catalog AS $$
  SELECT coalesce(
    (SELECT min(x::text::bigint) FROM pg_snapshot_xip(p_snapshot) AS x
      WHERE NOT EXISTS (
        SELECT 1 FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
         WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
           AND l.transactionid = x::xid
           AND a.datid <> (SELECT oid FROM pg_database WHERE datname = current_database()))),
    pg_snapshot_xmax(p_snapshot)::text::bigint)
$$;

-- After a restore, transaction ids of the log are those of another counter: new events could lie below a consumer's
-- position, old ones above the horizon. The log is numbered anew, small, in its order and around every position.
CREATE OR REPLACE FUNCTION platform_settle_identity() RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
DECLARE
  mine text := (SELECT system_identifier::text FROM pg_control_system()) || ':'
    || (SELECT oid::text FROM pg_database WHERE datname = current_database());
BEGIN
  IF EXISTS (SELECT 1 FROM platform_consumer WHERE name = 'identity:' || mine) THEN
    RETURN false;
  END IF;
  DELETE FROM platform_consumer WHERE name LIKE 'identity:%';
  INSERT INTO platform_consumer (name, position_xid, position_id) VALUES ('identity:' || mine, 0, 0);
  ALTER TABLE platform_event DISABLE TRIGGER append_only;
  UPDATE platform_event e SET row_xid = (
    SELECT count(DISTINCT (c.position_xid, c.position_id)) + 1 FROM platform_consumer c
     WHERE c.name NOT LIKE 'identity:%' AND (c.position_xid, c.position_id) < (e.row_xid, e.id));
  ALTER TABLE platform_event ENABLE TRIGGER append_only;
  UPDATE platform_consumer c SET position_id = 9223372036854775807, position_xid = (
    SELECT count(DISTINCT (o.position_xid, o.position_id)) FROM platform_consumer o
     WHERE o.name NOT LIKE 'identity:%' AND (o.position_xid, o.position_id) <= (c.position_xid, c.position_id))
   WHERE c.name NOT LIKE 'identity:%';
  UPDATE access_path_rewrite SET row_xid = 0 WHERE finished_at IS NULL;
  RETURN true;
END $$;
REVOKE ALL ON FUNCTION platform_settle_identity() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_horizon(pg_snapshot) TO huiliu_staff, huiliu_branch, huiliu_partner, huiliu_system;
