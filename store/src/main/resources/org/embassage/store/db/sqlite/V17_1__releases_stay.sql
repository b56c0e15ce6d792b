CREATE TRIGGER quarantine_release_keeps BEFORE UPDATE ON quarantine_release
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER quarantine_release_stays BEFORE DELETE ON quarantine_release
BEGIN SELECT RAISE(ABORT, 'append only'); END;
