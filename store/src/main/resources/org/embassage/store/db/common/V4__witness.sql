-- Each checkpoint of a peer that is held continues the one before; no two continue the same one.
-- path: the hashes of the proof in base64, one a line.
CREATE TABLE peer_continuity (
    origin    TEXT    NOT NULL,
    from_size ${long} NOT NULL,
    to_size   ${long} NOT NULL,
    at        ${long} NOT NULL,
    path      TEXT    NOT NULL,
    PRIMARY KEY (origin, from_size)
) ${plain};

-- On our checkpoints by peers and witnesses; on peers' checkpoints by us.
CREATE TABLE cosignature (
    origin   TEXT    NOT NULL,
    size     ${long} NOT NULL,
    cosigner TEXT    NOT NULL,
    at       ${long} NOT NULL,
    line     TEXT    NOT NULL,
    PRIMARY KEY (origin, size, cosigner)
) ${plain};

CREATE TABLE ledger_answer (
    seq        ${serial},
    peer       TEXT    NOT NULL,
    size       ${long} NOT NULL,
    at         ${long} NOT NULL,
    note       TEXT    NOT NULL,
    opening    TEXT    NOT NULL,
    consistent INTEGER NOT NULL
) ${plain};
CREATE INDEX ledger_answer_newest ON ledger_answer (peer, at);

-- Notes with our own signature that our ledger does not continue.
CREATE TABLE shown_note (
    seq      ${serial},
    shown_by TEXT    NOT NULL,
    size     ${long} NOT NULL,
    at       ${long} NOT NULL,
    note     TEXT    NOT NULL
) ${plain};

-- The newest row of a peer counts.
CREATE TABLE traffic (
    seq      ${serial},
    peer     TEXT    NOT NULL,
    stopped  INTEGER NOT NULL,
    at       ${long} NOT NULL,
    cause    TEXT    NOT NULL,
    evidence TEXT    NOT NULL
) ${plain};
CREATE INDEX traffic_of_peer ON traffic (peer, seq);
