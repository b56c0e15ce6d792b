-- What a court may ask for is only ever added to.

CREATE TRIGGER peer_continuity_keeps BEFORE UPDATE ON peer_continuity
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER peer_continuity_stays BEFORE DELETE ON peer_continuity
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER peer_continuity_whole BEFORE TRUNCATE ON peer_continuity
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cosignature_keeps BEFORE UPDATE ON cosignature
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cosignature_stays BEFORE DELETE ON cosignature
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER cosignature_whole BEFORE TRUNCATE ON cosignature
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER ledger_answer_keeps BEFORE UPDATE ON ledger_answer
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER ledger_answer_stays BEFORE DELETE ON ledger_answer
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER ledger_answer_whole BEFORE TRUNCATE ON ledger_answer
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER shown_note_keeps BEFORE UPDATE ON shown_note
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER shown_note_stays BEFORE DELETE ON shown_note
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER shown_note_whole BEFORE TRUNCATE ON shown_note
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER traffic_keeps BEFORE UPDATE ON traffic
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER traffic_stays BEFORE DELETE ON traffic
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER traffic_whole BEFORE TRUNCATE ON traffic
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
