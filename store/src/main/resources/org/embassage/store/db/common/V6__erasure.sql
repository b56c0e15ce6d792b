-- What is kept for how long, what was erased, and the epochs of keys.

ALTER TABLE exchange ADD COLUMN erased_at ${long};
ALTER TABLE inbox ADD COLUMN erased_at ${long};
ALTER TABLE drop_taken ADD COLUMN erased_at ${long};
ALTER TABLE quarantine ADD COLUMN erased_at ${long};

-- until_at: from then on the record may not be kept. Goes with the content.
CREATE TABLE retain_until (
    exchange_id TEXT    NOT NULL,
    peer        TEXT    NOT NULL,
    until_at    ${long} NOT NULL,
    PRIMARY KEY (exchange_id, peer)
) ${keyed};
CREATE INDEX retain_until_at ON retain_until (until_at);

-- epoch: under whose key the content's own key lay wrapped.
CREATE TABLE erasure (
    content_id    TEXT    NOT NULL PRIMARY KEY,
    at            ${long} NOT NULL,
    reason        TEXT    NOT NULL,
    evidence_id   TEXT    NOT NULL,
    epoch         TEXT    NOT NULL,
    exchange_id   TEXT,
    drop_id       TEXT,
    quarantine_id TEXT
) ${keyed};
CREATE INDEX erasure_at ON erasure (at);
CREATE INDEX erasure_epoch ON erasure (epoch);
CREATE INDEX erasure_evidence ON erasure (evidence_id);
CREATE INDEX erasure_exchange ON erasure (exchange_id) WHERE exchange_id IS NOT NULL;
CREATE INDEX erasure_drop ON erasure (drop_id) WHERE drop_id IS NOT NULL;
CREATE INDEX erasure_item ON erasure (quarantine_id) WHERE quarantine_id IS NOT NULL;

-- A retired epoch takes no key; a destroyed one has none that opens anything.
CREATE TABLE epoch (
    name         TEXT    NOT NULL PRIMARY KEY,
    begun_at     ${long},
    retired_at   ${long},
    destroyed_at ${long}
) ${keyed};
CREATE INDEX content_key_epoch ON content_key (epoch);

CREATE INDEX exchange_closed ON exchange (state_since) WHERE closed = 1 AND erased_at IS NULL;
CREATE INDEX exchange_of_open_drop ON exchange (drop_id) WHERE closed = 0;
CREATE INDEX inbox_closed ON inbox (state_since) WHERE state IN ('HANDED_OVER', 'HANDOVER_FAILED') AND erased_at IS NULL;
CREATE INDEX drop_closed ON drop_taken (closed_at) WHERE closed_at IS NOT NULL AND erased_at IS NULL;
CREATE INDEX quarantine_kept ON quarantine (at) WHERE erased_at IS NULL;
CREATE INDEX quarantine_exchange ON quarantine (exchange_id) WHERE exchange_id IS NOT NULL;
CREATE INDEX outbox_waits ON outbox (exchange_id) WHERE ended_at IS NULL;
