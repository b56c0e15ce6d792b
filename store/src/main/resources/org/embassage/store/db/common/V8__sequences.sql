-- Which numbers of a peer came: asked when a stretch of the ledger is said to be complete.
CREATE INDEX inbox_sequence ON inbox (peer, sequence) WHERE sequence IS NOT NULL;
