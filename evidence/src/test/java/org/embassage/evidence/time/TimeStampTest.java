package org.embassage.evidence.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.embassage.evidence.Digest;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.TestTsa;
import org.embassage.evidence.time.TimeStamp.Problem;
import org.embassage.evidence.time.TimeStamp.Reading;
import org.junit.jupiter.api.Test;

class TimeStampTest {

    private static final TestPki AUTHORITY = new TestPki("TSA CA");
    private static final TestTsa TSA = new TestTsa(AUTHORITY, AUTHORITY.tsa("TSA"));
    private static final Digest DIGEST = Digest.sha256("SYNTHETIC".getBytes(StandardCharsets.UTF_8));
    private static final byte[] TOKEN = TSA.stamp(DIGEST);

    @Test
    void aTokenSaysWhenAndByWhom() {
        Instant time = Instant.now().truncatedTo(ChronoUnit.SECONDS);

        TimeStamp stamp = ((Reading.Good) TimeStamp.check(TSA.stamp(DIGEST, time), DIGEST)).timeStamp();

        assertThat(stamp.time()).isEqualTo(time);
        assertThat(stamp.accuracy()).isEqualTo(Duration.ofSeconds(1));
        assertThat(stamp.latest()).isEqualTo(time.plusSeconds(1));
        assertThat(stamp.policy()).isEqualTo(TestTsa.POLICY);
        assertThat(stamp.authority()).isEqualTo(TSA.certificate());
        assertThat(stamp.imprint()).isEqualTo(DIGEST);
        assertThat(stamp.nonce()).isEmpty();
    }

    @Test
    void aTokenOverOtherBytesIsNotThisOne() {
        byte[] other = TSA.stamp(Digest.sha256(new byte[] {1}));

        assertThat(problem(other)).contains(Problem.OTHER_DIGEST);
    }

    @Test
    void aTokenByASealCertificateIsNoTimeStamp() {
        assertThat(problem(new TestTsa(AUTHORITY, AUTHORITY.seal("seal")).stamp(DIGEST)))
                .contains(Problem.NOT_FOR_TIME_STAMPING);
    }

    @Test
    void theUseForTimeStampingIsCritical() {
        TestPki.Holder lax =
                AUTHORITY.tsa("lax", false, TestPki.start(), TestPki.end(), KeyPurposeId.id_kp_timeStamping);

        assertThat(problem(new TestTsa(AUTHORITY, lax).stamp(DIGEST))).contains(Problem.NOT_FOR_TIME_STAMPING);
    }

    @Test
    void theUseForTimeStampingIsAlone() {
        TestPki.Holder both = AUTHORITY.tsa(
                "both",
                true,
                TestPki.start(),
                TestPki.end(),
                KeyPurposeId.id_kp_timeStamping,
                KeyPurposeId.id_kp_OCSPSigning);

        assertThat(problem(new TestTsa(AUTHORITY, both).stamp(DIGEST))).contains(Problem.NOT_FOR_TIME_STAMPING);
    }

    @Test
    void theAuthoritysCertificateIsValidAtTheTimeStated() {
        assertThat(problem(TSA.stamp(DIGEST, TestPki.end().plusSeconds(60)))).contains(Problem.NOT_VALID_AT_TIME);
        assertThat(problem(TSA.stamp(DIGEST, TestPki.start().minusSeconds(60)))).contains(Problem.NOT_VALID_AT_TIME);
        assertThat(problem(TSA.stamp(DIGEST, TestPki.end().minusSeconds(60)))).isEmpty();
    }

    @Test
    void anImprintByAnotherAlgorithmIsNotAccepted() throws Exception {
        byte[] sha1 = TSA.stamp(
                MessageDigest.getInstance("SHA-1").digest(new byte[1]), OIWObjectIdentifiers.idSHA1, Instant.now());
        byte[] sha512 = TSA.stamp(
                MessageDigest.getInstance("SHA-512").digest(new byte[1]),
                NISTObjectIdentifiers.id_sha512,
                Instant.now());

        assertThat(problem(sha1)).contains(Problem.ALGORITHM);
        assertThat(problem(sha512)).contains(Problem.ALGORITHM);
    }

    @Test
    void anRsaAuthorityIsAcceptedIfItsKeyIsLongEnough() throws Exception {
        assertThat(problem(authority(keys("RSA", 2048)).stamp(DIGEST))).isEmpty();
        assertThat(problem(authority(keys("RSA", 1024)).stamp(DIGEST))).contains(Problem.ALGORITHM);
    }

    @Test
    void anAlgorithmThatIsNotOfTheProfileIsAResultAndNoException() throws Exception {
        KeyPair lattice = KeyPairGenerator.getInstance("ML-DSA-44", new BouncyCastleProvider())
                .generateKeyPair();

        assertThat(problem(authority(lattice).stamp(DIGEST))).isPresent();
    }

    @Test
    void everyFlippedByteIsNoticed() {
        for (int i = 0; i < TOKEN.length; i++) {
            byte[] flipped = TOKEN.clone();
            flipped[i] ^= 1;

            assertThat(problem(flipped)).as("byte %d", i).isPresent();
        }
    }

    @Test
    void aTruncatedOrEmptyOrHugeTokenIsAResult() {
        for (int length = 0; length < TOKEN.length; length += 3) {
            assertThat(problem(Arrays.copyOf(TOKEN, length))).contains(Problem.MALFORMED);
        }
        assertThat(problem(Arrays.copyOf(TOKEN, TOKEN.length + 1))).contains(Problem.MALFORMED);
        assertThat(problem(new byte[TimeStamp.MAX_BYTES + 1])).contains(Problem.TOO_LARGE);
        assertThat(TimeStamp.inDer(new byte[TimeStamp.MAX_BYTES + 1])).isEmpty();
    }

    @Test
    void aTokenInBerIsReadOnceItIsInDer() throws Exception {
        byte[] ber = ASN1Primitive.fromByteArray(TOKEN).getEncoded("BER");
        byte[] indefinite = indefinite(TOKEN);

        assertThat(TimeStamp.inDer(ber))
                .hasValueSatisfying(der -> assertThat(der).isEqualTo(TOKEN));
        assertThat(problem(indefinite)).contains(Problem.MALFORMED);
        assertThat(TimeStamp.inDer(indefinite))
                .hasValueSatisfying(der -> assertThat(der).isEqualTo(TOKEN));
    }

    /** The outermost sequence with indefinite length. */
    private static byte[] indefinite(byte[] der) {
        int header = 2 + (der[1] & 0x7f);
        byte[] ber = new byte[der.length - header + 4];
        ber[0] = der[0];
        ber[1] = (byte) 0x80;
        System.arraycopy(der, header, ber, 2, der.length - header);
        return ber;
    }

    private static TestTsa authority(KeyPair keys) {
        return new TestTsa(
                AUTHORITY,
                AUTHORITY.tsa("other", keys, true, TestPki.start(), TestPki.end(), KeyPurposeId.id_kp_timeStamping));
    }

    private static KeyPair keys(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static Optional<Problem> problem(byte[] token) {
        return TimeStamp.check(token, DIGEST).fold(good -> Optional.empty(), bad -> Optional.of(bad.problem()));
    }
}
