-- Proofs of time are only ever added to.

CREATE TRIGGER time_stamping_keeps BEFORE UPDATE ON time_stamping
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER time_stamping_stays BEFORE DELETE ON time_stamping
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER receipt_token_keeps BEFORE UPDATE ON receipt_token
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER receipt_token_stays BEFORE DELETE ON receipt_token
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER checkpoint_token_keeps BEFORE UPDATE ON checkpoint_token
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER checkpoint_token_stays BEFORE DELETE ON checkpoint_token
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER kept_status_keeps BEFORE UPDATE ON kept_status
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER kept_status_stays BEFORE DELETE ON kept_status
BEGIN SELECT RAISE(ABORT, 'append only'); END;
