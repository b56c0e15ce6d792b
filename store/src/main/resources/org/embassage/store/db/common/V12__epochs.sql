-- Copies of the store, and how a ledger goes on after its gateway was put back from one.

-- Row by row all backups that were made; name is the file's, without its folder.
CREATE TABLE backup (
    id   TEXT    NOT NULL PRIMARY KEY,
    at   ${long} NOT NULL,
    name TEXT    NOT NULL,
    keys INTEGER NOT NULL
) ${plain};

-- Only copies have rows here: a copy knows that it is one.
CREATE TABLE store_copy (
    seq    ${serial},
    backup TEXT    NOT NULL,
    at     ${long} NOT NULL,
    size   ${long} NOT NULL
) ${plain};

-- Epochs after the first. first_idx: index of the leaf by which it begins, in the one row of all leaves.
CREATE TABLE ledger_epoch (
    origin    TEXT    NOT NULL PRIMARY KEY,
    first_idx ${long} NOT NULL,
    at        ${long} NOT NULL,
    beginning TEXT    NOT NULL
) ${plain};

-- What peers said that they hold of our ledger while we were standing still.
CREATE TABLE holding (
    peer TEXT    NOT NULL PRIMARY KEY,
    at   ${long} NOT NULL,
    note TEXT
) ${plain};

-- summary: what the peer said that it sent back. No message goes or comes before recovered_at.
CREATE TABLE recovery (
    origin       TEXT    NOT NULL,
    peer         TEXT    NOT NULL,
    since_at     ${long} NOT NULL,
    order_id     TEXT    NOT NULL,
    summary      TEXT,
    recovered_at ${long},
    PRIMARY KEY (origin, peer)
) ${plain};

-- Exchanges that the peer carried to us and had no answer of: they may have been handed over before.
CREATE TABLE uncertain (
    exchange_id TEXT NOT NULL,
    peer        TEXT NOT NULL,
    PRIMARY KEY (exchange_id, peer)
) ${plain};

CREATE TABLE peer_epoch (
    seq       ${serial},
    peer      TEXT    NOT NULL,
    origin    TEXT    NOT NULL,
    at        ${long} NOT NULL,
    beginning TEXT    NOT NULL
) ${plain};
CREATE UNIQUE INDEX peer_epoch_once ON peer_epoch (peer, origin);

CREATE INDEX exchange_of_record ON exchange (drop_id, record_index);

-- When the peer's side of the transport first held it.
ALTER TABLE outbox ADD COLUMN carried_at ${long};
