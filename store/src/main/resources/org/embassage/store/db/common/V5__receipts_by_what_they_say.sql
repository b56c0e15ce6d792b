-- By what an auditor asks: a period, an agreement, a drop. Empty in receipts that name none.
ALTER TABLE receipt ADD COLUMN agreement_id TEXT;
ALTER TABLE receipt ADD COLUMN agreement_version INTEGER;
ALTER TABLE receipt ADD COLUMN drop_id TEXT;
CREATE INDEX receipt_at ON receipt (at);
CREATE INDEX receipt_drop ON receipt (drop_id) WHERE drop_id IS NOT NULL;

-- Acts, agreements, voids and epochs: few among the leaves of receipts.
CREATE INDEX leaf_apart ON ledger_leaf (idx) WHERE receipt_id IS NULL;
