CREATE TRIGGER receipt_says BEFORE UPDATE OF agreement_id, agreement_version, drop_id ON receipt
FOR EACH ROW EXECUTE FUNCTION refuse_change();
