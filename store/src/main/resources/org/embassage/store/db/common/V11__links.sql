-- What is known of each link: is_open says that its breaker is open.
CREATE TABLE link (
    peer      TEXT    NOT NULL,
    transport TEXT    NOT NULL,
    is_open   INTEGER NOT NULL,
    since     ${long} NOT NULL,
    failures  INTEGER NOT NULL,
    next_try  ${long} NOT NULL,
    PRIMARY KEY (peer, transport)
) ${keyed};

-- The transport by which an item would go if that were not down; empty if it is on its own way.
ALTER TABLE outbox ADD COLUMN home TEXT;
CREATE INDEX outbox_away ON outbox (peer, home) WHERE ended_at IS NULL AND home IS NOT NULL;
