CREATE TRIGGER receipt_says BEFORE UPDATE OF agreement_id, agreement_version, drop_id ON receipt
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER quarantine_decision_keeps BEFORE UPDATE ON quarantine_decision
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER quarantine_decision_stays BEFORE DELETE ON quarantine_decision
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER order_done_keeps BEFORE UPDATE ON order_done
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER order_done_stays BEFORE DELETE ON order_done
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER quarantine_decision_whole BEFORE TRUNCATE ON quarantine_decision
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER order_done_whole BEFORE TRUNCATE ON order_done
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
