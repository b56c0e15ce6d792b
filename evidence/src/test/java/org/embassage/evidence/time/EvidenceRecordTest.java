package org.embassage.evidence.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.ers.ERSByteData;
import org.bouncycastle.tsp.ers.ERSEvidenceRecord;
import org.embassage.evidence.Digest;
import org.embassage.evidence.TestTsa;
import org.embassage.evidence.time.EvidenceRecord.Problem;
import org.embassage.evidence.time.EvidenceRecord.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceRecordTest {

    private static final TestTsa TSA = new TestTsa("SYNTHETIC TSA");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 1000})
    void eachFileOfABatchHasARecordOfItsOwnFromOneToken(int count) {
        List<Digest> files = files(count);
        RecordBatch batch = RecordBatch.of(files);
        byte[] token = TSA.stamp(batch.request().digest());

        for (Digest file : files) {
            byte[] record = batch.record(file, token);

            assertThat(good(record, file).tokens()).singleElement().matches(one -> Arrays.equals(one.token(), token));
            assertThat(problem(record, Digest.sha256(new byte[0]))).isEqualTo(Problem.OTHER_FILE);
        }
    }

    @Test
    void aBatchHasNoMoreThanAThousandFilesAndAtLeastOne() {
        assertThatThrownBy(() -> RecordBatch.of(files(1001))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RecordBatch.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTokenOverSomethingElseMakesNoRecord() {
        RecordBatch batch = RecordBatch.of(files(3));
        byte[] other = TSA.stamp(Digest.sha256(new byte[1]));

        assertThatThrownBy(() -> batch.record(files(3).get(0), other)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> batch.record(
                        Digest.sha256(new byte[1]), TSA.stamp(batch.request().digest())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRecordIsRenewedWithTokensAndWithTrees() {
        Digest file = files(5).get(3);
        byte[] first = record(5, 3);

        byte[] renewed = renew(renew(first, file), file);
        EvidenceRecord before = good(renewed, file);
        byte[] newTree =
                before.withNewTree(file, TSA.stamp(before.treeRenewal(file).digest()));
        byte[] again = renew(newTree, file);

        assertThat(good(renewed, file).tokens()).hasSize(3);
        assertThat(good(newTree, file).tokens()).hasSize(4);
        assertThat(good(again, file).tokens()).hasSize(5);
        assertThat(problem(again, files(5).get(2))).isEqualTo(Problem.OTHER_FILE);
    }

    @Test
    void whatIsPutIntoATokenBeforeRenewalIsCoveredByTheNextOne() {
        Digest file = files(2).get(0);
        EvidenceRecord ready =
                good(record(2, 0), file).beforeRenewal(List.of(TSA.authority().certificate()), List.of(TSA.crl()));
        byte[] renewed = ready.renewed(TSA.stamp(ready.renewal().digest()));

        assertThat(good(ready.octets(), file).tokens().get(0).revocationLists()).hasSize(1);
        assertThat(good(renewed, file).tokens()).hasSize(2);
        assertThatThrownBy(() -> ready.renewed(
                        TSA.stamp(good(record(2, 0), file).renewal().digest())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRenewalOverSomethingElseIsCaught() {
        Digest file = files(2).get(0);
        byte[] one = renew(record(2, 0), file);
        EvidenceRecord other = good(record(3, 0), file);
        byte[] tokenOfOther = TSA.stamp(other.renewal().digest());

        byte[] mixed = replaced(one, good(one, file).tokens().get(1).token(), tokenOfOther);

        assertThat(mixed).isNotEqualTo(one);
        assertThat(problem(mixed, file)).isIn(Problem.NOT_CONTINUED, Problem.MALFORMED);
    }

    @Test
    void noFlippedByteAndNoShorterRecordIsGood() {
        Digest file = files(5).get(3);
        byte[] record = renew(record(5, 3), file);
        for (int i = 0; i < record.length; i++) {
            byte[] flipped = record.clone();
            flipped[i] ^= 1;
            assertThat(EvidenceRecord.check(flipped, file)).as("byte %d", i).isInstanceOf(Reading.Bad.class);
        }
        for (int length = 0; length < record.length; length += 5) {
            assertThat(problem(Arrays.copyOf(record, length), file)).isEqualTo(Problem.MALFORMED);
        }
        assertThat(problem(new byte[EvidenceRecord.MAX_BYTES + 1], file)).isEqualTo(Problem.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void bouncyCastleReadsOurRecordsAsWeDo(int count) throws Exception {
        byte[] data = content(count - 1);
        Digest file = Digest.sha256(data);
        byte[] record = renew(record(count, count - 1), file);
        EvidenceRecord renewed = good(record, file);
        byte[] newTree =
                renewed.withNewTree(file, TSA.stamp(renewed.treeRenewal(file).digest()));

        for (byte[] octets : List.of(record(count, count - 1), record, newTree)) {
            ERSEvidenceRecord theirs = new ERSEvidenceRecord(octets, new JcaDigestCalculatorProviderBuilder().build());
            theirs.validatePresent(new ERSByteData(data), new Date());
            theirs.validate(new JcaSimpleSignerInfoVerifierBuilder().build(TSA.certificate()));
            assertThat(theirs.isContaining(new ERSByteData(content(99)), new Date()))
                    .isFalse();
        }
    }

    private static byte[] record(int count, int which) {
        RecordBatch batch = RecordBatch.of(files(count));
        return batch.record(
                files(count).get(which),
                TSA.stamp(batch.request().digest(), Instant.now().minusSeconds(60)));
    }

    private static byte[] renew(byte[] record, Digest file) {
        EvidenceRecord good = good(record, file);
        return good.renewed(TSA.stamp(good.renewal().digest()));
    }

    private static byte[] replaced(byte[] all, byte[] part, byte[] by) {
        for (int i = 0; i + part.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length) && part.length == by.length) {
                byte[] changed = all.clone();
                System.arraycopy(by, 0, changed, i, by.length);
                return changed;
            }
        }
        return new byte[0];
    }

    private static List<Digest> files(int count) {
        List<Digest> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(Digest.sha256(content(i)));
        }
        return files;
    }

    private static byte[] content(int number) {
        return ("SYNTHETIC file " + number).getBytes(StandardCharsets.UTF_8);
    }

    private static EvidenceRecord good(byte[] record, Digest file) {
        return ((Reading.Good) EvidenceRecord.check(record, file)).record();
    }

    private static Problem problem(byte[] record, Digest file) {
        return ((Reading.Bad) EvidenceRecord.check(record, file)).problem();
    }
}
