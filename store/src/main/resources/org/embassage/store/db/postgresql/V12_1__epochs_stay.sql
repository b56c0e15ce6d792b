-- What says which copies there are and where epochs begin is only ever added to.

CREATE TRIGGER backup_keeps BEFORE UPDATE ON backup
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER backup_stays BEFORE DELETE ON backup
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER backup_whole BEFORE TRUNCATE ON backup
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER store_copy_keeps BEFORE UPDATE ON store_copy
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER store_copy_stays BEFORE DELETE ON store_copy
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER store_copy_whole BEFORE TRUNCATE ON store_copy
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER ledger_epoch_keeps BEFORE UPDATE ON ledger_epoch
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER ledger_epoch_stays BEFORE DELETE ON ledger_epoch
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER ledger_epoch_whole BEFORE TRUNCATE ON ledger_epoch
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER peer_epoch_keeps BEFORE UPDATE ON peer_epoch
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER peer_epoch_stays BEFORE DELETE ON peer_epoch
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER peer_epoch_whole BEFORE TRUNCATE ON peer_epoch
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

