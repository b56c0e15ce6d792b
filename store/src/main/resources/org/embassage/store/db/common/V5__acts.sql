-- By what an auditor asks: a period, an agreement, a drop. Empty in receipts that name none.
ALTER TABLE receipt ADD COLUMN agreement_id TEXT;
ALTER TABLE receipt ADD COLUMN agreement_version INTEGER;
ALTER TABLE receipt ADD COLUMN drop_id TEXT;
CREATE INDEX receipt_at ON receipt (at);
CREATE INDEX receipt_drop ON receipt (drop_id) WHERE drop_id IS NOT NULL;

-- Acts, agreements, voids and epochs: few among the leaves of receipts.
CREATE INDEX leaf_apart ON ledger_leaf (idx) WHERE receipt_id IS NULL;

-- word: how it was decided. An item is decided once.
CREATE TABLE quarantine_decision (
    quarantine_id TEXT    NOT NULL PRIMARY KEY,
    word          TEXT    NOT NULL,
    at            ${long} NOT NULL
) ${keyed};

-- answer: what the giver of the order was told, so that an order is carried out once whatever crashes.
CREATE TABLE order_done (
    id     TEXT    NOT NULL PRIMARY KEY,
    at     ${long} NOT NULL,
    answer TEXT    NOT NULL
) ${keyed};
