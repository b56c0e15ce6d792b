-- What says which copies there are and where epochs begin is only ever added to.

CREATE TRIGGER backup_keeps BEFORE UPDATE ON backup
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER backup_stays BEFORE DELETE ON backup
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER store_copy_keeps BEFORE UPDATE ON store_copy
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER store_copy_stays BEFORE DELETE ON store_copy
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER ledger_epoch_keeps BEFORE UPDATE ON ledger_epoch
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER ledger_epoch_stays BEFORE DELETE ON ledger_epoch
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER peer_epoch_keeps BEFORE UPDATE ON peer_epoch
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER peer_epoch_stays BEFORE DELETE ON peer_epoch
BEGIN SELECT RAISE(ABORT, 'append only'); END;

