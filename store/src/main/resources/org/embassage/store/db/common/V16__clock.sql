-- What no pause explains is due (a clock that was set back); decided by the index alone.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (peer, transport, priority, queued_at, next_at, carried, tried_at)
    WHERE ended_at IS NULL;
