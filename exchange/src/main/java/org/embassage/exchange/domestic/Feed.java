package org.embassage.exchange.domestic;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.Draft;
import org.embassage.exchange.fault.Fault;

/**
 * One domestic source of records and how it becomes shared documents. Pure: it does no input or output and keeps no
 * state. Thread-safe.
 */
public interface Feed {

    FeedId id();

    /** Every gateway that records of this feed are for. */
    List<GatewayId> recipients();

    /**
     * The gateways that records of one kind are for; one exchange is made for each. They are all of
     * {@link #recipients()} unless the feed tells kinds apart.
     *
     * @param kind name of the document element, as {@link Draft#kind()} has it
     */
    default List<GatewayId> recipients(String kind) {
        return recipients();
    }

    /** {@code ACTUAL}, {@code EXERCISE} or {@code TEST}: the status that every record of this feed carries. */
    String status();

    /**
     * SHA-256 of the description by which this feed translates, code tables included: names the lineage of values that
     * records lack. Absent for a feed that has no description.
     */
    default Optional<Digest> description() {
        return Optional.empty();
    }

    /** How a dropped file says that it is complete. */
    default Readiness readiness() {
        return Readiness.STILL;
    }

    /** The largest drop that is read, in bytes. */
    long maxDropBytes();

    /**
     * Cuts a whole drop into records by bytes and proves its header, trailer, count and hash total, before anything is
     * decoded or translated. Never throws for bad input.
     *
     * @param drop the drop's bytes, at most {@link #maxDropBytes()}
     */
    Slicing slice(byte[] drop);

    /**
     * Translates one record. Never throws for bad input: the decoder reports, it never replaces.
     */
    Translation translate(RecordSlice record);

    /** What slicing found. */
    sealed interface Slicing {
        /** The records, in the order of the file; a record may still be bad by itself. */
        record Sliced(List<RecordSlice> records) implements Slicing {}

        /** The whole file is refused, and nothing of it is sealed. */
        record Unsliceable(Fault fault, long byteOffset) implements Slicing {}

        default <T> T fold(Function<Sliced, T> good, Function<Unsliceable, T> bad) {
            return this instanceof Sliced sliced ? good.apply(sliced) : bad.apply((Unsliceable) this);
        }
    }

    /** What translating found. */
    sealed interface Translation {
        record Translated(Draft draft) implements Translation {}

        record Untranslatable(Fault fault) implements Translation {}

        default <T> T fold(Function<Translated, T> good, Function<Untranslatable, T> bad) {
            return this instanceof Translated translated ? good.apply(translated) : bad.apply((Untranslatable) this);
        }
    }
}
