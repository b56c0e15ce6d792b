package org.embassage.evidence;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/** Makes UUIDs of version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then 74 random bits. Thread-safe. */
public final class Uuids {

    private final Clock clock;
    private final SecureRandom random;

    public Uuids(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** A fresh UUID of version 7. */
    public UUID next() {
        long millis = clock.millis() & 0xFFFF_FFFF_FFFFL;
        long high = millis << 16 | 0x7000L | (random.nextInt() & 0x0FFF);
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** A fresh exchange id. */
    public ExchangeId nextExchangeId() {
        return new ExchangeId(next());
    }

    /** A fresh evidence id. */
    public EvidenceId nextEvidenceId() {
        return new EvidenceId(next());
    }

    /** A fresh drop id. */
    public DropId nextDropId() {
        return new DropId(next());
    }

    /** Strict: {@link UUID#fromString} alone also takes shortened forms, which would make two texts one id. */
    static UUID parseCanonical(String text) {
        UUID id = UUID.fromString(text);
        if (!id.toString().equals(text)) {
            throw new IllegalArgumentException("a UUID is written with 32 lower-case digits in five groups");
        }
        return id;
    }
}
