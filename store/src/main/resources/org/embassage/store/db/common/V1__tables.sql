-- Times are UTC in milliseconds since 1970. Truth values are 0 and 1. No column outside content.body and
-- quarantine.detail may hold personal data; those two are encrypted.

-- The key of each content, wrapped by an epoch key (RFC 3394). Destroying a row destroys what it opens.
CREATE TABLE content_key (
    id      TEXT     NOT NULL PRIMARY KEY,
    epoch   TEXT     NOT NULL,
    wrapped ${bytes} NOT NULL
) ${keyed};

-- body: 0x01, nonce (12), AES-256-GCM ciphertext and tag (16).
CREATE TABLE content (
    id     TEXT     NOT NULL PRIMARY KEY,
    key_id TEXT     NOT NULL,
    body   ${bytes} NOT NULL
) ${plain};

CREATE TABLE drop_taken (
    id        TEXT    NOT NULL PRIMARY KEY,
    feed      TEXT    NOT NULL,
    opened_at ${long} NOT NULL,
    records   INTEGER NOT NULL,
    done      INTEGER NOT NULL,
    closed_at ${long},
    refused   INTEGER NOT NULL
) ${plain};
CREATE INDEX drop_open ON drop_taken (opened_at) WHERE closed_at IS NULL;

CREATE TABLE result_line (
    seq          ${serial},
    drop_id      TEXT    NOT NULL,
    record_index INTEGER,
    line         INTEGER NOT NULL,
    byte_offset  ${long} NOT NULL,
    fault_code   TEXT,
    fault_field  TEXT,
    fault_clause TEXT,
    exchange_id  TEXT,
    receipt_id   TEXT
) ${plain};
CREATE INDEX result_of_drop ON result_line (drop_id, byte_offset, line);

-- identity: keyed HMAC, so that it cannot be guessed from a record.
CREATE TABLE intake_claim (
    feed        TEXT     NOT NULL,
    identity    ${bytes} NOT NULL,
    recipient   TEXT     NOT NULL,
    exchange_id TEXT     NOT NULL,
    PRIMARY KEY (feed, identity, recipient)
) ${keyed};

CREATE TABLE exchange (
    id                TEXT     NOT NULL PRIMARY KEY,
    recipient         TEXT     NOT NULL,
    kind              TEXT     NOT NULL,
    schema_version    TEXT     NOT NULL,
    priority          INTEGER  NOT NULL,
    transport         TEXT     NOT NULL,
    sequence          ${long}  NOT NULL,
    agreement_id      TEXT     NOT NULL,
    agreement_version INTEGER  NOT NULL,
    agreement_digest  ${bytes} NOT NULL,
    clause            TEXT     NOT NULL,
    created_at        ${long}  NOT NULL,
    expires_at        ${long}  NOT NULL,
    drop_id           TEXT     NOT NULL,
    record_index      INTEGER  NOT NULL,
    feed              TEXT     NOT NULL,
    outer_digest      ${bytes} NOT NULL,
    inner_digest      ${bytes} NOT NULL,
    manifest_digest   ${bytes} NOT NULL,
    supersedes        TEXT,
    state             TEXT     NOT NULL,
    state_since       ${long}  NOT NULL,
    closed            INTEGER  NOT NULL
) ${plain};
CREATE UNIQUE INDEX exchange_sequence ON exchange (recipient, sequence);
CREATE INDEX exchange_state ON exchange (state, id);
CREATE INDEX exchange_outer ON exchange (outer_digest);
CREATE INDEX exchange_overdue ON exchange (expires_at) WHERE closed = 0;

CREATE TABLE outbox (
    id          TEXT    NOT NULL PRIMARY KEY,
    peer        TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    transport   TEXT    NOT NULL,
    priority    INTEGER NOT NULL,
    exchange_id TEXT,
    receipt_id  TEXT,
    content_id  TEXT    NOT NULL,
    attempts    INTEGER NOT NULL,
    queued_at   ${long} NOT NULL,
    next_at     ${long} NOT NULL,
    tried_at    ${long},
    carried     INTEGER NOT NULL,
    ended_at    ${long}
) ${plain};
CREATE INDEX outbox_due ON outbox (peer, transport, priority, queued_at, next_at) WHERE ended_at IS NULL;
CREATE INDEX outbox_message ON outbox (exchange_id) WHERE kind = 'MESSAGE';

-- state REFUSED: refused after it was opened; then most columns are empty.
CREATE TABLE inbox (
    exchange_id       TEXT     NOT NULL,
    peer              TEXT     NOT NULL,
    outer_digest      ${bytes} NOT NULL,
    inner_digest      ${bytes} NOT NULL,
    received_at       ${long}  NOT NULL,
    state             TEXT     NOT NULL,
    state_since       ${long}  NOT NULL,
    fault_code        TEXT,
    fault_field       TEXT,
    fault_clause      TEXT,
    kind              TEXT,
    schema_version    TEXT,
    priority          INTEGER,
    sequence          ${long},
    agreement_id      TEXT,
    agreement_version INTEGER,
    agreement_digest  ${bytes},
    clause            TEXT,
    submitted_at      ${long},
    expires_at        ${long},
    via               TEXT,
    manifest_digest   ${bytes},
    supersedes        TEXT,
    file_name         TEXT,
    PRIMARY KEY (exchange_id, peer)
) ${plain};
CREATE INDEX inbox_state ON inbox (state, priority, received_at);
CREATE INDEX inbox_received ON inbox (received_at);

CREATE TABLE receipt (
    id               TEXT     NOT NULL PRIMARY KEY,
    event            TEXT     NOT NULL,
    at               ${long}  NOT NULL,
    issuer           TEXT     NOT NULL,
    exchange_id      TEXT,
    issued           INTEGER  NOT NULL,
    peer             TEXT,
    late             INTEGER  NOT NULL,
    manifest_digest  ${bytes} NOT NULL,
    signature_digest ${bytes} NOT NULL,
    proof            TEXT
) ${plain};
CREATE INDEX receipt_exchange ON receipt (exchange_id);
CREATE INDEX receipt_unproven ON receipt (peer) WHERE issued = 0 AND proof IS NULL;

-- Proofs that came before the receipts that they cover.
CREATE TABLE early_proof (
    peer       TEXT NOT NULL,
    receipt_id TEXT NOT NULL,
    proof      TEXT NOT NULL,
    PRIMARY KEY (peer, receipt_id)
) ${plain};

-- hash: RFC 6962 leaf hash of the text.
CREATE TABLE ledger_leaf (
    idx        ${long}  NOT NULL PRIMARY KEY,
    hash       ${bytes} NOT NULL,
    text       TEXT     NOT NULL,
    receipt_id TEXT
) ${plain};
CREATE UNIQUE INDEX leaf_receipt ON ledger_leaf (receipt_id) WHERE receipt_id IS NOT NULL;

-- One row: its lock is the ledger's sequencer.
CREATE TABLE ledger_head (
    id   INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    size ${long} NOT NULL
) ${plain};
INSERT INTO ledger_head (id, size) VALUES (1, 0);

CREATE TABLE checkpoint (
    seq  ${serial},
    size ${long} NOT NULL,
    at   ${long} NOT NULL,
    note TEXT    NOT NULL
) ${plain};
CREATE INDEX checkpoint_size ON checkpoint (size, at);

CREATE TABLE peer_note (
    seq         ${serial},
    peer        TEXT     NOT NULL,
    note_digest ${bytes} NOT NULL,
    size        ${long}  NOT NULL,
    at          ${long}  NOT NULL,
    note        TEXT     NOT NULL,
    consistent  INTEGER  NOT NULL
) ${plain};
CREATE UNIQUE INDEX peer_note_once ON peer_note (peer, note_digest, consistent);
CREATE INDEX peer_note_newest ON peer_note (peer, consistent, size, at);

-- detail: encrypted like content.body, under the key of the item's content.
CREATE TABLE quarantine (
    id           TEXT     NOT NULL PRIMARY KEY,
    fault_code   TEXT     NOT NULL,
    fault_field  TEXT,
    fault_clause TEXT,
    detail       ${bytes},
    peer         TEXT,
    exchange_id  TEXT,
    drop_id      TEXT,
    at           ${long}  NOT NULL,
    bytes        INTEGER  NOT NULL
) ${plain};
CREATE INDEX quarantine_at ON quarantine (at);

-- Every number below next was reserved.
CREATE TABLE sequence_head (
    peer TEXT    NOT NULL PRIMARY KEY,
    next ${long} NOT NULL
) ${keyed};

CREATE TABLE sequence_void (
    peer       TEXT    NOT NULL,
    first_no   ${long} NOT NULL,
    last_no    ${long} NOT NULL,
    PRIMARY KEY (peer, first_no)
) ${keyed};
