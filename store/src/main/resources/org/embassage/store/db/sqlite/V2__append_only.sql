-- What a court may ask for is only ever added to.

CREATE TRIGGER ledger_leaf_keeps BEFORE UPDATE ON ledger_leaf
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER ledger_leaf_stays BEFORE DELETE ON ledger_leaf
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER checkpoint_keeps BEFORE UPDATE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER peer_note_keeps BEFORE UPDATE ON peer_note
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER peer_note_stays BEFORE DELETE ON peer_note
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER sequence_void_keeps BEFORE UPDATE ON sequence_void
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER sequence_void_stays BEFORE DELETE ON sequence_void
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER receipt_keeps BEFORE UPDATE OF id, event, at, issuer, exchange_id, issued, peer, late, manifest_digest, signature_digest ON receipt
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER receipt_stays BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER head_grows BEFORE UPDATE ON ledger_head
WHEN NEW.size < OLD.size OR NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER head_stays BEFORE DELETE ON ledger_head
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER content_keeps BEFORE UPDATE ON content
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER content_of_receipt_stays BEFORE DELETE ON content
WHEN OLD.id LIKE 'receipt/%'
BEGIN SELECT RAISE(ABORT, 'append only'); END;
