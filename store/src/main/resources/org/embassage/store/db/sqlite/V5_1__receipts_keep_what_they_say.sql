CREATE TRIGGER receipt_says BEFORE UPDATE OF agreement_id, agreement_version, drop_id ON receipt
BEGIN SELECT RAISE(ABORT, 'append only'); END;
