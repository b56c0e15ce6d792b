CREATE TRIGGER erasure_keeps BEFORE UPDATE ON erasure
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER erasure_stays BEFORE DELETE ON erasure
BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- Whoever still uses a retired epoch must not keep anything that its destruction would lose.
CREATE TRIGGER content_key_current BEFORE INSERT ON content_key
WHEN EXISTS (SELECT 1 FROM epoch WHERE name = NEW.epoch AND retired_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'retired epoch'); END;

CREATE TRIGGER content_key_moves BEFORE UPDATE ON content_key
WHEN EXISTS (SELECT 1 FROM epoch WHERE name = NEW.epoch AND retired_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'retired epoch'); END;
