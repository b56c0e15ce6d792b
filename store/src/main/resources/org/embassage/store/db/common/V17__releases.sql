-- Who released an item that a clause wants released by persons: pseudonyms, each once.
CREATE TABLE quarantine_release (
    quarantine_id TEXT    NOT NULL,
    officer       TEXT    NOT NULL,
    at            ${long} NOT NULL,
    PRIMARY KEY (quarantine_id, officer)
) ${keyed};
