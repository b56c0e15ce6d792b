-- Proofs of time are only ever added to.

CREATE TRIGGER time_stamping_keeps BEFORE UPDATE ON time_stamping
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER time_stamping_stays BEFORE DELETE ON time_stamping
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER receipt_token_keeps BEFORE UPDATE ON receipt_token
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER receipt_token_stays BEFORE DELETE ON receipt_token
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER checkpoint_token_keeps BEFORE UPDATE ON checkpoint_token
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER checkpoint_token_stays BEFORE DELETE ON checkpoint_token
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER kept_status_keeps BEFORE UPDATE ON kept_status
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER kept_status_stays BEFORE DELETE ON kept_status
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER time_stamping_whole BEFORE TRUNCATE ON time_stamping
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER receipt_token_whole BEFORE TRUNCATE ON receipt_token
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER checkpoint_token_whole BEFORE TRUNCATE ON checkpoint_token
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER kept_status_whole BEFORE TRUNCATE ON kept_status
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
