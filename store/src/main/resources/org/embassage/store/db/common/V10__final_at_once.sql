-- Whether the erasure was to be final as soon as can be. It outlives the process that was told so.
ALTER TABLE erasure ADD COLUMN at_once ${long} NOT NULL DEFAULT 0;
