-- What proves when evidence existed. Tokens (RFC 3161), authorities' certificates and revocation lists are public and
-- name no person: they lie in clear, as DER.

-- One row for each change of the way in which evidence is time-stamped; the newest holds.
CREATE TABLE time_stamping (
    seq      ${serial},
    mode     TEXT    NOT NULL,
    from_idx ${long} NOT NULL,
    at       ${long} NOT NULL
) ${plain};

-- Over SHA-256 of the signature value of the receipt whose leaf has this index.
CREATE TABLE receipt_token (
    leaf_idx ${long}  NOT NULL PRIMARY KEY,
    at       ${long}  NOT NULL,
    token    ${bytes} NOT NULL
) ${plain};

-- Over SHA-256 of the note, which lies here again so that a token never stands without what it is about.
CREATE TABLE checkpoint_token (
    size  ${long}  NOT NULL PRIMARY KEY,
    note  TEXT     NOT NULL,
    at    ${long}  NOT NULL,
    token ${bytes} NOT NULL
) ${plain};

-- Named by SHA-256 of its bytes.
CREATE TABLE kept_status (
    digest ${bytes} NOT NULL PRIMARY KEY,
    kind   TEXT     NOT NULL,
    at     ${long}  NOT NULL,
    body   ${bytes} NOT NULL
) ${plain};
