CREATE TRIGGER quarantine_release_keeps BEFORE UPDATE ON quarantine_release
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER quarantine_release_stays BEFORE DELETE ON quarantine_release
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER quarantine_release_whole BEFORE TRUNCATE ON quarantine_release
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
