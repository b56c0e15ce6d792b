package org.embassage.evidence.cms;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.cms.CertificateJudge.Use;
import org.embassage.evidence.cms.CertificateJudge.Verdict;
import org.junit.jupiter.api.Test;

class CertificateJudgeTest {

    private static final TestPki AUTHORITY = new TestPki("Test CA");
    private static final TestPki.Holder SEAL = AUTHORITY.seal("seal");
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @Test
    void aVerdictIsNotRememberedBeyondTheRevocation() {
        CertificateJudge judge = judge(AUTHORITY.crlSince(NOW, SEAL.certificate()));

        assertThat(seal(judge, NOW.minusSeconds(1))).isEqualTo(Verdict.GOOD);
        assertThat(seal(judge, NOW)).isEqualTo(Verdict.REVOKED);
        assertThat(seal(judge, NOW.plusSeconds(1))).isEqualTo(Verdict.REVOKED);
        assertThat(seal(judge, NOW.minusSeconds(1))).as("asked again").isEqualTo(Verdict.GOOD);
    }

    @Test
    void aListAnswersUntilItsNextUpdate() {
        CertificateJudge judge = judge(AUTHORITY.crl(TestPki.start(), NOW, NOW));

        assertThat(seal(judge, NOW)).isEqualTo(Verdict.GOOD);
        assertThat(seal(judge, NOW.plusSeconds(1))).isEqualTo(Verdict.GOOD_REVOCATION_UNKNOWN);
    }

    @Test
    void aListFromAfterTheCertificatesEndNeedNotNameItAnyMore() {
        TestPki.Holder ended = AUTHORITY.gateway(
                new org.embassage.evidence.GatewayId("QVL-BG"), TestPki.start(), NOW.minusSeconds(600));
        Instant within = NOW.minus(Duration.ofHours(1));
        X509CRL before = AUTHORITY.crl(NOW.minusSeconds(700), TestPki.end(), NOW);
        X509CRL after = AUTHORITY.crl(NOW.minusSeconds(500), TestPki.end(), NOW);

        assertThat(judge(before).judge(ended.certificate(), Use.SEAL, within)).isEqualTo(Verdict.GOOD);
        assertThat(judge(after).judge(ended.certificate(), Use.SEAL, within))
                .isEqualTo(Verdict.GOOD_REVOCATION_UNKNOWN);
    }

    @Test
    void aCertificateIsForTimeStampingOrForSealing() {
        TestPki.Holder tsa = AUTHORITY.tsa("TSA");
        CertificateJudge judge = judge(AUTHORITY.crl());

        assertThat(judge.judge(tsa.certificate(), Use.TIME_STAMPING, NOW)).isEqualTo(Verdict.GOOD);
        assertThat(judge.judge(tsa.certificate(), Use.SEAL, NOW)).isEqualTo(Verdict.WRONG_USE);
        assertThat(judge.judge(SEAL.certificate(), Use.TIME_STAMPING, NOW)).isEqualTo(Verdict.WRONG_USE);
    }

    private static CertificateJudge judge(X509CRL list) {
        return new CertificateJudge(List.of(AUTHORITY.certificate()), List.of(), List.of(list));
    }

    private static Verdict seal(CertificateJudge judge, Instant at) {
        return judge.judge(SEAL.certificate(), Use.SEAL, at);
    }
}
