-- What a court may ask for is only ever added to.

CREATE TRIGGER peer_continuity_keeps BEFORE UPDATE ON peer_continuity
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER peer_continuity_stays BEFORE DELETE ON peer_continuity
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER cosignature_keeps BEFORE UPDATE ON cosignature
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER cosignature_stays BEFORE DELETE ON cosignature
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER ledger_answer_keeps BEFORE UPDATE ON ledger_answer
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER ledger_answer_stays BEFORE DELETE ON ledger_answer
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER shown_note_keeps BEFORE UPDATE ON shown_note
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER shown_note_stays BEFORE DELETE ON shown_note
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER traffic_keeps BEFORE UPDATE ON traffic
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER traffic_stays BEFORE DELETE ON traffic
BEGIN SELECT RAISE(ABORT, 'append only'); END;
