package org.embassage.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.verify.TrustFolder.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFolderTest {

    private static final TestPki COUNTRY = new TestPki("QVL CA");
    private static final TestPki CLOCK = new TestPki("TSA CA");

    @TempDir
    Path folder;

    private Path times;

    @BeforeEach
    void make() throws Exception {
        times = Files.createDirectory(folder.resolve(TrustFolder.TIME_STAMPING));
        Files.write(folder.resolve("QVL.der"), COUNTRY.certificate().getEncoded());
        Files.write(times.resolve("tsa.der"), CLOCK.certificate().getEncoded());
        Files.write(times.resolve("tsa.crl"), CLOCK.crl().getEncoded());
    }

    @Test
    void authoritiesForTimeStampingAreKeptApart() {
        TrustAnchors trust = TrustFolder.read(folder).fold(Outcome.Read::trust, bad -> {
            throw new AssertionError(bad.problem());
        });

        assertThat(trust.anchors()).extracting(TrustAnchors.Anchor::certificate).containsExactly(COUNTRY.certificate());
        assertThat(trust.crls()).isEmpty();
        assertThat(trust.timeStamping().authorities()).containsExactly(CLOCK.certificate());
        assertThat(trust.timeStamping().crls()).hasSize(1);
    }

    @Test
    void whatCannotBeReadInTheSubFolderIsNamed() throws Exception {
        Files.writeString(times.resolve("tsa.crl"), "nonsense", StandardCharsets.UTF_8);

        assertThat(TrustFolder.read(folder))
                .isEqualTo(new Outcome.Unusable("time-stamping/tsa.crl cannot be read as a revocation list"));
    }

    @Test
    void aCertificateOfAnAuthorityItselfIsNoAnchor() throws Exception {
        Files.write(times.resolve("leaf.der"), CLOCK.tsa("TSA").certificate().getEncoded());

        assertThat(TrustFolder.read(folder))
                .isEqualTo(new Outcome.Unusable("time-stamping/leaf.der is not a CA certificate"));
    }

    @Test
    void authoritiesForTimeStampingAloneAreNotEnough() throws Exception {
        Files.delete(folder.resolve("QVL.der"));

        assertThat(TrustFolder.read(folder)).isInstanceOf(Outcome.Unusable.class);
    }
}
