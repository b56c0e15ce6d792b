package org.embassage.gateway.timestamp;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.embassage.evidence.Digest;
import org.embassage.evidence.time.EvidenceRecord;
import org.embassage.evidence.time.RecordBatch;
import org.embassage.evidence.time.StampRequest;
import org.embassage.exchange.port.TimeStamper;

/**
 * Makes evidence records (RFC 4998) for files that have none, a thousand to a token, and renews those that are there: with
 * a token over the newest one, or with a new hash tree over the file and all that came before. What is needed to judge the
 * newest token is put into it first. Each record is replaced in one step; whatever fails, those before are done and those
 * behind are as they were. Not thread-safe.
 */
public final class RenewRecords {

    private final TimeStamper stamper;
    private final List<X509Certificate> authorities;
    private final List<X509CRL> revocationLists;
    private final boolean tree;
    private final Instant now;
    private final Map<Digest, byte[]> tokens = new HashMap<>();

    /**
     * @param authorities for time-stamping, and their lists as they are now
     * @param tree whether the hash tree is renewed, which is for when the hash function weakens, and costs a token a file
     * @param now a record whose newest authority's certificate ended before it is left as it is: a token over it would prove
     *     nothing of the time before
     */
    public RenewRecords(
            TimeStamper stamper,
            List<X509Certificate> authorities,
            List<X509CRL> revocationLists,
            boolean tree,
            Instant now) {
        this.stamper = stamper;
        this.authorities = List.copyOf(authorities);
        this.revocationLists = List.copyOf(revocationLists);
        this.tree = tree;
        this.now = now;
    }

    /**
     * What was done.
     *
     * @param made files that had no record
     * @param renewed files that had one
     * @param bad files whose record does not hold, with the reason; nothing of them was changed
     * @param late files whose record cannot be renewed any more; nothing of them was changed
     */
    public record Done(int made, int renewed, Map<Path, EvidenceRecord.Problem> bad, List<Path> late) {}

    /**
     * Does it.
     *
     * @param progress is told how many files are done
     * @throws IOException if a file cannot be read or written
     * @throws org.embassage.exchange.fault.Broken TIME_STAMP_UNAVAILABLE
     */
    public Done run(List<Path> files, LongConsumer progress) throws IOException {
        Map<Path, EvidenceRecord.Problem> bad = new LinkedHashMap<>();
        List<Path> late = new ArrayList<>();
        Map<Path, Digest> without = new LinkedHashMap<>();
        int made = 0;
        int renewed = 0;
        for (Path file : files) {
            Digest digest = EvidenceRecordFiles.digest(file);
            Optional<byte[]> record = EvidenceRecordFiles.record(file);
            if (record.isEmpty()) {
                without.put(file, digest);
            } else if (EvidenceRecord.check(record.get(), digest) instanceof EvidenceRecord.Reading.Good good) {
                if (now.isAfter(new State.Good(good.record()).renewBefore())) {
                    late.add(file);
                } else {
                    EvidenceRecordFiles.write(file, renewed(good.record(), digest));
                    renewed++;
                }
            } else {
                bad.put(file, problem(record.get(), digest));
            }
            if (without.size() == RecordBatch.MAX_FILES) {
                made += make(without);
                without.clear();
            }
            progress.accept(made + renewed + (long) bad.size() + late.size());
        }
        made += without.isEmpty() ? 0 : make(without);
        progress.accept(files.size());
        return new Done(made, renewed, bad, late);
    }

    private static EvidenceRecord.Problem problem(byte[] record, Digest digest) {
        return EvidenceRecord.check(record, digest)
                .fold(
                        good -> {
                            throw new IllegalStateException("the record was bad a moment ago");
                        },
                        EvidenceRecord.Reading.Bad::problem);
    }

    private byte[] renewed(EvidenceRecord record, Digest file) {
        EvidenceRecord ready = record.beforeRenewal(authorities, revocationLists);
        return tree ? ready.withNewTree(file, token(ready.treeRenewal(file))) : ready.renewed(token(ready.renewal()));
    }

    /** Files that share a token share the one that renews it. */
    private byte[] token(StampRequest request) {
        return tokens.computeIfAbsent(request.digest(), stamper::stamp);
    }

    private int make(Map<Path, Digest> files) throws IOException {
        RecordBatch batch = RecordBatch.of(new ArrayList<>(files.values()));
        byte[] token = stamper.stamp(batch.request().digest());
        for (Map.Entry<Path, Digest> file : files.entrySet()) {
            EvidenceRecordFiles.write(file.getKey(), batch.record(file.getValue(), token));
        }
        return files.size();
    }

    /** What lies beside a file. */
    public sealed interface State {
        record None() implements State {}

        record Good(EvidenceRecord record) implements State {

            /** When the certificate of the newest token's authority ends. */
            public Instant renewBefore() {
                return record.tokens()
                        .get(record.tokens().size() - 1)
                        .authority()
                        .getNotAfter()
                        .toInstant();
            }
        }

        record Bad(EvidenceRecord.Problem problem) implements State {}
    }

    /** The record beside a file, checked against it. */
    public static State state(Path file) throws IOException {
        Optional<byte[]> record = EvidenceRecordFiles.record(file);
        if (record.isEmpty()) {
            return new State.None();
        }
        return EvidenceRecord.check(record.get(), EvidenceRecordFiles.digest(file))
                .fold(good -> new State.Good(good.record()), bad -> new State.Bad(bad.problem()));
    }

    /**
     * The files that are meant: a file itself; of a folder, every {@code *.zip} and {@code *.asice} in it and below.
     *
     * @throws IOException if one is not there or cannot be listed
     */
    public static List<Path> files(List<Path> paths) throws IOException {
        return EvidenceRecordFiles.of(paths);
    }
}
