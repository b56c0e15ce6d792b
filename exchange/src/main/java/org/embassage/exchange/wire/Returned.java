package org.embassage.exchange.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embassage.exchange.document.Priority;

/**
 * Receipts that a restored gateway lost, sent back by its peer: all of one exchange in the order in which the peer has them,
 * or one that is of no exchange. Each guards itself by its signature.
 *
 * <pre>
 * embassage-returned/v1
 * priority ROUTINE              of the exchange, where the peer knows it, else -
 * expires 2031-06-03T12:00:00Z  likewise
 *                               and then each container: its length in four octets, big-endian, and its bytes
 * </pre>
 */
public final class Returned {

    private static final Pattern HEAD =
            Pattern.compile("embassage-returned/v1\npriority ([A-Z]+|-)\nexpires ([0-9TZ:.-]{1,40})\n\n");
    private static final int MOST_HEAD = 160;
    private static final int MOST_RECEIPTS = 64;

    private final Optional<Priority> priority;
    private final Optional<Instant> expires;
    private final List<byte[]> containers;

    public Returned(Optional<Priority> priority, Optional<Instant> expires, List<byte[]> containers) {
        this.priority = priority;
        this.expires = expires;
        this.containers = List.copyOf(containers);
    }

    public Optional<Priority> priority() {
        return priority;
    }

    public Optional<Instant> expires() {
        return expires;
    }

    public List<byte[]> containers() {
        return containers;
    }

    public byte[] octets() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String head = "embassage-returned/v1\npriority "
                + priority.map(Priority::name).orElse("-") + "\nexpires "
                + expires.map(Instant::toString).orElse("-") + "\n\n";
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        for (byte[] container : containers) {
            out.writeBytes(ByteBuffer.allocate(4).putInt(container.length).array());
            out.writeBytes(container);
        }
        return out.toByteArray();
    }

    /** @return nothing if it is not exactly such a text */
    public static Optional<Returned> parse(byte[] octets) {
        String start = new String(octets, 0, Math.min(octets.length, MOST_HEAD), StandardCharsets.ISO_8859_1);
        Matcher head = HEAD.matcher(start);
        if (!head.lookingAt()) {
            return Optional.empty();
        }
        try {
            Optional<Priority> priority =
                    head.group(1).equals("-") ? Optional.empty() : Optional.of(Priority.valueOf(head.group(1)));
            Optional<Instant> expires =
                    head.group(2).equals("-") ? Optional.empty() : Optional.of(Instant.parse(head.group(2)));
            ByteBuffer in = ByteBuffer.wrap(octets, head.end(), octets.length - head.end());
            List<byte[]> containers = new ArrayList<>();
            while (in.remaining() >= 4 && containers.size() < MOST_RECEIPTS) {
                int length = in.getInt();
                if (length < 1 || length > in.remaining()) {
                    return Optional.empty();
                }
                byte[] container = new byte[length];
                in.get(container);
                containers.add(container);
            }
            return in.hasRemaining() || containers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Returned(priority, expires, containers));
        } catch (IllegalArgumentException | DateTimeException none) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Returned that && Arrays.equals(octets(), that.octets());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets());
    }

    @Override
    public String toString() {
        return containers.size() + " receipts sent back";
    }
}
