package org.embassage.evidence.vectors;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.embassage.evidence.Digest;
import org.embassage.evidence.TestTsa;
import org.embassage.evidence.time.EvidenceRecord;
import org.embassage.evidence.time.EvidenceRecord.Reading;
import org.embassage.evidence.time.RecordBatch;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.World;

/** Receipts with an evidence record (RFC 4998) beside them, as {@code <file>.ers}. */
final class Records {

    private Records() {}

    static List<Vector> good() {
        return List.of(
                good("good-record", "a receipt and its evidence record, one of three under one time-stamp"),
                good("good-record-renewed", "a receipt and an evidence record whose time-stamp was renewed"),
                good("good-record-new-tree", "a receipt and an evidence record that was renewed with a new hash tree"));
    }

    static List<Vector> bad() {
        return List.of(
                bad("record-of-another-file", Indication.HASH_FAILURE, "the evidence record of another file"),
                bad(
                        "record-flipped",
                        Indication.SIG_CRYPTO_FAILURE,
                        "one bit of the signature of the record's time-stamp"),
                bad(
                        "record-by-a-stranger",
                        Indication.NO_CERTIFICATE_CHAIN_FOUND,
                        "an evidence record by an authority that the auditor does not know"));
    }

    /** What lies beside each file, made from the file. */
    static Map<String, UnaryOperator<byte[]>> beside() {
        Map<String, UnaryOperator<byte[]>> makers = new TreeMap<>();
        makers.put(path("good-record"), file -> record(tsa(), file));
        makers.put(path("good-record-renewed"), file -> {
            TestTsa tsa = tsa();
            EvidenceRecord first = read(record(tsa, file), file);
            return first.renewed(tsa.stamp(first.renewal().digest()));
        });
        makers.put(path("good-record-new-tree"), file -> {
            TestTsa tsa = tsa();
            EvidenceRecord first = read(record(tsa, file), file);
            Digest digest = Digest.sha256(file);
            return first.withNewTree(digest, tsa.stamp(first.treeRenewal(digest).digest()));
        });
        makers.put(path("record-of-another-file"), file -> record(tsa(), World.text("another file")));
        makers.put(path("record-flipped"), file -> {
            byte[] record = record(tsa(), file);
            record[record.length - 5] ^= 1;
            return record;
        });
        makers.put(path("record-by-a-stranger"), file -> record(new TestTsa("Another TSA"), file));
        return makers;
    }

    private static TestTsa tsa() {
        return new World().tsa;
    }

    private static byte[] record(TestTsa tsa, byte[] file) {
        RecordBatch batch = RecordBatch.of(
                List.of(Digest.sha256(file), Digest.sha256(World.text("one")), Digest.sha256(World.text("two"))));
        Instant time = Vector.NOW.minusSeconds(600);
        return batch.record(Digest.sha256(file), tsa.stamp(batch.request().digest(), time));
    }

    private static EvidenceRecord read(byte[] record, byte[] file) {
        return ((Reading.Good) EvidenceRecord.check(record, Digest.sha256(file))).record();
    }

    private static Vector good(String name, String done) {
        return Vector.goodReceipt(name, done, Records::receipt).under("stamped");
    }

    private static Vector bad(String name, Indication indication, String done) {
        return Vector.receipt(name, Check.ARCHIVE, indication, done, Records::receipt)
                .under("stamped");
    }

    private static byte[] receipt() {
        Scene scene = new Scene();
        return scene.world.longTerm(scene.relayed);
    }

    private static String path(String name) {
        return "receipts/" + name + ".asice";
    }
}
