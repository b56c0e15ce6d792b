CREATE TRIGGER erasure_keeps BEFORE UPDATE ON erasure
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER erasure_stays BEFORE DELETE ON erasure
FOR EACH ROW EXECUTE FUNCTION refuse_change();

CREATE TRIGGER erasure_whole BEFORE TRUNCATE ON erasure
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whoever still uses a retired epoch must not keep anything that its destruction would lose.
CREATE FUNCTION refuse_retired_epoch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM epoch WHERE name = NEW.epoch AND retired_at IS NOT NULL) THEN
        RAISE EXCEPTION 'retired epoch';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER content_key_current BEFORE INSERT OR UPDATE ON content_key
FOR EACH ROW EXECUTE FUNCTION refuse_retired_epoch();
