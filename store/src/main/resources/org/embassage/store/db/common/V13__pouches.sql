-- Pouches on removable media: those that were packed for peers, and those of peers that were taken in.

-- manifest: SHA-256 of the manifest. confirmed_at: when the peer said that it took it in whole.
CREATE TABLE pouch (
    peer         TEXT     NOT NULL,
    number       ${long}  NOT NULL,
    at           ${long}  NOT NULL,
    manifest     ${bytes} NOT NULL,
    bundles      INTEGER  NOT NULL,
    octets       ${long}  NOT NULL,
    items        INTEGER  NOT NULL,
    confirmed_at ${long},
    PRIMARY KEY (peer, number)
) ${keyed};

CREATE TABLE pouch_item (
    outbox_id TEXT    NOT NULL,
    peer      TEXT    NOT NULL,
    number    ${long} NOT NULL,
    PRIMARY KEY (outbox_id, peer, number)
) ${keyed};
CREATE INDEX pouch_item_of ON pouch_item (peer, number);

-- A row for each time that a pouch was taken in.
CREATE TABLE pouch_taken (
    seq      ${serial},
    peer     TEXT     NOT NULL,
    number   ${long}  NOT NULL,
    at       ${long}  NOT NULL,
    manifest ${bytes} NOT NULL,
    whole    INTEGER  NOT NULL
) ${plain};
CREATE INDEX pouch_taken_of ON pouch_taken (peer, number);
