CREATE TRIGGER receipt_says BEFORE UPDATE OF agreement_id, agreement_version, drop_id ON receipt
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER quarantine_decision_keeps BEFORE UPDATE ON quarantine_decision
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER quarantine_decision_stays BEFORE DELETE ON quarantine_decision
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER order_done_keeps BEFORE UPDATE ON order_done
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER order_done_stays BEFORE DELETE ON order_done
BEGIN SELECT RAISE(ABORT, 'append only'); END;
