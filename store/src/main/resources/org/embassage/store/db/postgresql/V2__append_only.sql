-- What a court may ask for is only ever added to.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append only';
END $$;

CREATE TRIGGER ledger_leaf_keeps BEFORE UPDATE ON ledger_leaf
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER ledger_leaf_stays BEFORE DELETE ON ledger_leaf
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER checkpoint_keeps BEFORE UPDATE ON checkpoint
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER checkpoint_stays BEFORE DELETE ON checkpoint
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER peer_note_keeps BEFORE UPDATE ON peer_note
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER peer_note_stays BEFORE DELETE ON peer_note
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER sequence_void_keeps BEFORE UPDATE ON sequence_void
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER sequence_void_stays BEFORE DELETE ON sequence_void
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER receipt_keeps BEFORE UPDATE OF id, event, at, issuer, exchange_id, issued, peer, late, manifest_digest, signature_digest ON receipt
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER receipt_stays BEFORE DELETE ON receipt
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER head_grows BEFORE UPDATE ON ledger_head
FOR EACH ROW WHEN (NEW.size < OLD.size OR NEW.id <> OLD.id) EXECUTE FUNCTION refuse_change();

CREATE TRIGGER head_stays BEFORE DELETE ON ledger_head
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER content_keeps BEFORE UPDATE ON content
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER content_of_receipt_stays BEFORE DELETE ON content
FOR EACH ROW WHEN (OLD.id LIKE 'receipt/%') EXECUTE FUNCTION refuse_change();

CREATE TRIGGER ledger_leaf_whole BEFORE TRUNCATE ON ledger_leaf
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER checkpoint_whole BEFORE TRUNCATE ON checkpoint
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER peer_note_whole BEFORE TRUNCATE ON peer_note
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER sequence_void_whole BEFORE TRUNCATE ON sequence_void
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER receipt_whole BEFORE TRUNCATE ON receipt
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TRIGGER ledger_head_whole BEFORE TRUNCATE ON ledger_head
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
