package org.embassage.evidence.dispute;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundleIndex;
import org.embassage.evidence.bundle.EvidenceBundle;
import org.embassage.evidence.zip.StrictZip;

/**
 * A dispute file: one strict ZIP with {@code dispute.txt}, {@code VERIFY.md} and the bundles of two sides verbatim. Anybody who
 * has the two bundles can make it; no key is needed and none is used. Reading alone proves nothing.
 */
public final class DisputeBundle {

    /** The list of what is in it; always the first entry. */
    public static final String INDEX = "dispute.txt";

    /** How to check it, for people: always the same text. */
    public static final String INSTRUCTIONS = "VERIFY.md";

    /**
     * The largest file: as large as the largest bundle. So the two bundles together have less than one may have alone: a
     * dispute is about one exchange, or few.
     */
    public static final int MAX_BYTES = EvidenceBundle.MAX_BYTES;

    private static final Pattern SIDE = Pattern.compile("sides/[A-Z]{3}-[A-Z0-9]{1,16}\\.zip");
    /** Where the first entry's name is in a ZIP, and where the length of that name. */
    private static final int NAME_LENGTH_AT = 26;

    private static final int NAME_AT = 30;

    private final Map<String, byte[]> entries;

    private DisputeBundle(Map<String, byte[]> entries) {
        this.entries = entries;
    }

    static String side(GatewayId gateway) {
        return "sides/" + gateway + ".zip";
    }

    /** Whether anything in a dispute file lies there. */
    public static boolean known(String path) {
        return path.equals(INDEX)
                || path.equals(INSTRUCTIONS)
                || SIDE.matcher(path).matches();
    }

    /** Whether a file says that it is one: it begins as a ZIP whose first entry is {@link #INDEX}, strict or not. */
    public static boolean claimed(byte[] file) {
        byte[] name = INDEX.getBytes(StandardCharsets.US_ASCII);
        return file.length > NAME_AT + name.length
                && file[0] == 'P'
                && file[1] == 'K'
                && file[2] == 3
                && file[3] == 4
                && file[NAME_LENGTH_AT] == name.length
                && file[NAME_LENGTH_AT + 1] == 0
                && Arrays.equals(file, NAME_AT, NAME_AT + name.length, name, 0, name.length);
    }

    /** @return nothing if the bytes are not a strict ZIP */
    public static Optional<DisputeBundle> read(byte[] zip) {
        return StrictZip.read(zip, MAX_BYTES).map(DisputeBundle::new);
    }

    /** All entries in their order; read only. */
    public Map<String, byte[]> entries() {
        return entries;
    }

    /** The text of {@link #INSTRUCTIONS}. */
    public static byte[] instructions() {
        try (InputStream in =
                Objects.requireNonNull(DisputeBundle.class.getResourceAsStream("/org/embassage/evidence/dispute.md"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What became of two bundles. */
    public sealed interface Made {
        /** @param content the dispute file */
        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Written(DisputeFile says, byte[] content) implements Made {}

        /** @param problem in plain words */
        record Refused(String problem) implements Made {}

        default <T> T fold(Function<Written, T> written, Function<Refused, T> refused) {
            return this instanceof Written good ? written.apply(good) : refused.apply((Refused) this);
        }
    }

    /**
     * Makes a dispute file. Which bundle comes first makes no difference.
     *
     * @param exchange if it is to be about one exchange only
     * @param made now; written in whole seconds
     */
    public static Made of(byte[] one, byte[] other, Optional<ExchangeId> exchange, Instant made) {
        if ((long) one.length + other.length > MAX_BYTES - 65_536L) {
            return new Made.Refused(
                    "the two bundles are too large for one file: have each side export the exchange alone");
        }
        Optional<EvidenceBundle> mine = EvidenceBundle.read(one);
        Optional<EvidenceBundle> theirs = EvidenceBundle.read(other);
        Optional<GatewayId> exporter = mine.flatMap(EvidenceBundle::index).map(BundleIndex::exporter);
        Optional<GatewayId> peer = theirs.flatMap(EvidenceBundle::index).map(BundleIndex::exporter);
        if (mine.isEmpty() || theirs.isEmpty() || exporter.isEmpty() || peer.isEmpty()) {
            return new Made.Refused((exporter.isEmpty() ? "the first" : "the second")
                    + " file is no evidence bundle, or was changed: embassage-verify says what is wrong with it");
        }
        if (exporter.get().equals(peer.get())) {
            return new Made.Refused(
                    "both bundles were exported by " + peer.get() + ": a dispute is between two gateways");
        }
        if (exporter.get().compareTo(peer.get()) > 0) {
            return of(other, one, exchange, made);
        }
        DisputeFile says = new DisputeFile(
                made,
                exchange,
                new DisputeFile.Side(exporter.get(), Digest.sha256(one)),
                new DisputeFile.Side(peer.get(), Digest.sha256(other)),
                Standings.of(mine.get().files(), theirs.get().files(), exchange));
        if (exchange.isPresent() && says.receipts().isEmpty()) {
            return new Made.Refused("neither bundle holds a receipt of that exchange");
        }
        return new Made.Written(says, write(says, one, other));
    }

    /** @param first the bundle of the side whose name comes first */
    static byte[] write(DisputeFile says, byte[] first, byte[] second) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put(INDEX, says.octets());
        entries.put(INSTRUCTIONS, instructions());
        entries.put(says.first().path(), first);
        entries.put(says.second().path(), second);
        return StrictZip.write(entries);
    }

    /** The order in which the entries of a file must lie. */
    public static List<String> order(DisputeFile says) {
        return List.of(INDEX, INSTRUCTIONS, says.first().path(), says.second().path());
    }
}
