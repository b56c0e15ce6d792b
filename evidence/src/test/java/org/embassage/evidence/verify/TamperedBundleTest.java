package org.embassage.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.bundle.BundleIndex;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.BundlePath.Kind;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.evidence.zip.StrictZip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody without the gateways' keys can do to a bundle. */
class TamperedBundleTest {

    private static final World WORLD = World.handedOver();
    private static final Receipt ACCEPTED = WORLD.receipts.get(0);
    private static final Receipt RELAYED = WORLD.receipts.get(1);
    private static final Receipt HANDED_OVER = WORLD.receipts.get(2);
    private static final byte[] GOOD = WORLD.bundle(writer -> writer.sealedMessage(WORLD.exchange, WORLD.sealed)
            .receivedProof(RELAYED.id(), World.QVL, WORLD.qvlLedger.proof(LedgerLeaf.received(RELAYED))));

    /** Kinds that this bundle does not hold; the tests of their checks tamper with them. */
    private static final Set<Kind> ELSEWHERE = EnumSet.of(
            Kind.TOKEN_EXTRACT, Kind.EPOCH, Kind.ANCHOR, Kind.ANSWER, Kind.OPENING, Kind.COMPLETENESS, Kind.LEAVES);

    static Stream<String> everyFile() {
        return StrictZip.read(GOOD, 1 << 24).orElseThrow().keySet().stream();
    }

    @Test
    void theUntouchedBundlePasses() {
        assertThat(WORLD.verify(GOOD).verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(WORLD.verify(World.forge(GOOD, files -> {})).of(Check.INDEX).status())
                .isEqualTo(Status.PASS);
        assertThat(everyFile().map(path -> BundlePath.kind(path).orElseThrow()))
                .as("every kind of file is tampered with below")
                .containsAll(EnumSet.complementOf(EnumSet.copyOf(ELSEWHERE)));
    }

    @ParameterizedTest
    @MethodSource("everyFile")
    void aChangedFileIsNamed(String path) {
        byte[] changed = World.edit(GOOD, files -> files.computeIfPresent(path, (name, content) -> flipped(content)));

        VerificationReport report = WORLD.verify(changed);

        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        Check expected = path.equals(BundlePath.INDEX_SIGNATURE) ? Check.EXPORTER : Check.INDEX;
        assertThat(report.of(expected).findings()).anySatisfy(finding -> {
            assertThat(finding.status()).isEqualTo(Status.FAIL);
            assertThat(finding.subject()).isEqualTo(path);
        });
    }

    @ParameterizedTest
    @MethodSource("everyFile")
    void aFileThatWasLeftOutOrChangedWithAnIndexToMatchNeverPassesUnnoticed(String path) {
        boolean onlyTheExporterVouchesForIt = List.of(
                        BundlePath.INSTRUCTIONS, BundlePath.SCRIPT, BundlePath.INDEX, BundlePath.INDEX_SIGNATURE)
                .contains(path);
        if (onlyTheExporterVouchesForIt) {
            byte[] forged = World.forge(GOOD, files -> {});
            assertThat(WORLD.verify(forged).of(Check.EXPORTER).status()).isEqualTo(Status.NOT_CHECKED);
            return;
        }
        byte[] changed = World.forge(GOOD, files -> files.computeIfPresent(path, (name, content) -> flipped(content)));

        VerificationReport report = WORLD.verify(changed);

        assertThat(report.of(Check.INDEX).status()).isEqualTo(Status.PASS);
        assertThat(report.verdict()).isNotEqualTo(Verdict.TOTAL_PASSED);
        Kind kind = BundlePath.kind(path).orElseThrow();
        if (kind != Kind.CERTIFICATE && kind != Kind.CRL) {
            assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_FAILED);
            assertThat(report.sentence()).contains(kind == Kind.RECEIPT ? "receipt" : stem(path));
        }
    }

    private static String stem(String path) {
        return path.startsWith("proofs/")
                ? "as received in the ledger"
                : path.replaceFirst("\\.[A-Z]{3}\\.p7s$|\\.p7s$", "");
    }

    @Test
    void noFlippedByteOfTheFileItselfPasses() {
        int stride = GOOD.length / 80;
        for (int at = 0; at < GOOD.length; at += stride) {
            byte[] flipped = GOOD.clone();
            flipped[at] ^= 1;

            assertThat(WORLD.verify(flipped).verdict()).as("byte %d", at).isEqualTo(Verdict.TOTAL_FAILED);
        }
    }

    @Test
    void aFlippedByteInsideAReceiptNamesTheReceiptAndItsEntry() {
        byte[] flipped = GOOD.clone();
        int container = text(GOOD).indexOf(BundlePath.receipt(HANDED_OVER.id()) + "PK");
        flipped[text(GOOD).indexOf("<HandoverBasis>", container) + 15] ^= 1;

        VerificationReport report = WORLD.verify(flipped);

        assertThat(report.sentence())
                .contains(
                        "evidence.xml of receipt " + HANDED_OVER.id() + " (ContentHandover) was changed after signing");
        caught(report, Check.CONTAINER, "does not have the checksum");
    }

    @Test
    void aTruncatedOrForeignFileIsNoBundle() {
        caught(WORLD.verify(Arrays.copyOf(GOOD, GOOD.length / 2)), Check.CONTAINER, "breaks off");
        caught(WORLD.verify(new byte[0]), Check.CONTAINER, "breaks off");
        caught(
                WORLD.verify(World.text("no ZIP at all, but long enough to be looked at")),
                Check.CONTAINER,
                "breaks off");
    }

    // ---- files

    @Test
    void aReceiptThatIsMissingButListedIsNamed() {
        caught(
                WORLD.verify(World.edit(GOOD, files -> files.remove(path(RELAYED)))),
                Check.INDEX,
                path(RELAYED) + " is listed in bundle.txt but missing");
    }

    @Test
    void anExtractThatIsNotWhatLiesInTheReceiptIsNamed() {
        String mine = "extracts/" + RELAYED.id() + ".signature";
        String other = "extracts/" + ACCEPTED.id() + ".signature";

        caught(
                WORLD.verify(World.forge(GOOD, files -> files.put(mine, files.get(other)))),
                Check.RECEIPT,
                mine + " is not what lies in receipt " + RELAYED.id());
        caught(
                WORLD.verify(World.forge(GOOD, files -> files.remove(mine))),
                Check.RECEIPT,
                mine + ", which openssl needs to check receipt " + RELAYED.id());
    }

    @Test
    void aTokenThatIsInNoReceiptIsNamed() {
        String token = "extracts/" + RELAYED.id() + ".tst";

        caught(
                WORLD.verify(World.forge(GOOD, files -> files.put(token, World.text("a token")))),
                Check.RECEIPT,
                token + " is not what lies in receipt");
    }

    @Test
    void aReceiptThatWasDroppedWithItsLineLeavesTheExchangeIncomplete() {
        VerificationReport report = WORLD.verify(World.forge(GOOD, files -> files.remove(path(RELAYED))));

        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.of(Check.COMPLETE).status()).isEqualTo(Status.NOT_CHECKED);
        assertThat(report.of(Check.COMPLETE).sentence()).contains("RelayAcceptance");
        assertThat(report.of(Check.PREVIOUS).sentence()).contains(RELAYED.id().toString());
    }

    @Test
    void anExtraFileIsNamedWhetherOrNotItIsListed() {
        caught(
                WORLD.verify(World.edit(GOOD, files -> files.put("notes/remark.txt", new byte[1]))),
                Check.CONTAINER,
                "no file of a bundle lies at notes/remark.txt");
        caught(
                WORLD.verify(World.edit(
                        GOOD, files -> files.put("messages/" + World.handedOver().exchange + ".p7m", new byte[1]))),
                Check.INDEX,
                "is not listed in bundle.txt");
        caught(
                WORLD.verify(World.forge(GOOD, files -> files.put("notes/remark.txt", new byte[1]))),
                Check.CONTAINER,
                "no file of a bundle lies at notes/remark.txt");
    }

    @Test
    void anEntryThatIsThereTwiceIsNamed() {
        String other = path(RELAYED).replace(RELAYED.id().toString(), "00000000-0000-7000-8000-000000000000");
        byte[] doubled = World.edit(GOOD, files -> files.put(other, new byte[3]));
        byte[] renamed = text(doubled).replace(other, path(RELAYED)).getBytes(StandardCharsets.ISO_8859_1);

        caught(WORLD.verify(renamed), Check.CONTAINER, path(RELAYED) + " is there twice");
    }

    @Test
    void aFileBehindTheEndOfTheZipIsNoticed() {
        byte[] longer = Arrays.copyOf(GOOD, GOOD.length + 10);

        caught(WORLD.verify(longer), Check.CONTAINER, "not the plain ZIP");
    }

    @Test
    void anEditedIndexIsNoticed() {
        caught(
                WORLD.verify(World.edit(GOOD, index(text -> text.replace("exporter QVL-BG", "exporter QOS-POL")))),
                Check.INDEX,
                "bundle.txt is missing or was changed");
        caught(
                WORLD.verify(World.edit(GOOD, files -> {
                    BundleIndex index =
                            BundleIndex.parse(files.get(BundlePath.INDEX)).orElseThrow();
                    files.put(
                            BundlePath.INDEX,
                            new BundleIndex(
                                            World.QOS,
                                            index.exported(),
                                            index.asked(),
                                            index.exchanges(),
                                            index.files())
                                    .octets());
                })),
                Check.EXPORTER,
                "the exporter's signature is not over this bundle.txt");
    }

    @Test
    void anIndexSignedBySomebodyElseIsNoticed() {
        byte[] resigned = World.edit(
                GOOD,
                files -> files.put(
                        BundlePath.INDEX_SIGNATURE,
                        WORLD.qosSeal.signer().signDetached(files.get(BundlePath.INDEX), Commitment.NONE)));

        caught(WORLD.verify(resigned), Check.EXPORTER, "which is not QVL-BG");
    }

    // ---- receipts

    @Test
    void aNegativeThatWasTurnedIntoAPositiveIsNamed() {
        World failed = new World();
        failed.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        failed.say(EvidenceEvent.RELAY_ACCEPTANCE);
        Receipt failure = failed.say(EvidenceEvent.CONTENT_HANDOVER_FAILURE);
        byte[] turned = World.forge(
                failed.bundle(), inReceipt(failure, "evidence.xml", "ContentHandoverFailure<", "ContentHandover<"));

        caught(
                failed.verify(turned),
                Check.RECEIPT,
                "evidence.xml of receipt " + failure.id() + " (ContentHandover) was changed after signing");
    }

    @Test
    void aReceiptSignedAnewByAnotherIsNamed() {
        byte[] resigned = World.forge(
                GOOD,
                inReceipt(
                        RELAYED,
                        files -> files.put(
                                "META-INF/signature001.p7s",
                                WORLD.qvlSeal
                                        .signer()
                                        .signDetached(
                                                files.get("META-INF/ASiCManifest001.xml"),
                                                Commitment.PROOF_OF_RECEIPT))));

        caught(WORLD.verify(resigned), Check.RECEIPT, "the signer was swapped");
    }

    @Test
    void aReceiptUnderTheNameOfAnotherIsNamed() {
        Receipt elsewhere = World.handedOver().receipts.get(1);

        caught(
                WORLD.verify(World.forge(GOOD, files -> files.put(path(RELAYED), elsewhere.container()))),
                Check.RECEIPT,
                "holds another receipt than its name says");
    }

    @Test
    void anUnsignedFileInAReceiptIsNamed() {
        caught(
                WORLD.verify(World.forge(
                        GOOD, inReceipt(RELAYED, files -> files.put("remark.txt", World.text("paid"))))),
                Check.RECEIPT,
                "remark.txt in receipt " + RELAYED.id() + " (RelayAcceptance) was added");
    }

    @Test
    void aProofOfAnotherEntryIsNamed() {
        byte[] swapped = World.forge(
                GOOD,
                files -> files.computeIfPresent(
                        path(RELAYED),
                        (path, container) -> ReceiptReader.withProof(
                                container, WORLD.proof(HANDED_OVER).orElseThrow())));

        caught(WORLD.verify(swapped), Check.INCLUSION, "is for another entry, or was changed");
    }

    @Test
    void aMissingProofIsNotCheckedAndDoesNotPass() {
        VerificationReport report =
                WORLD.verify(World.forge(GOOD, files -> files.put(path(RELAYED), RELAYED.container())));

        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.of(Check.INCLUSION).status()).isEqualTo(Status.NOT_CHECKED);
    }

    @Test
    void aForgedCheckpointIsNamed() {
        TestLedger forger = new TestLedger(World.QOS);
        byte[] forged = World.forge(
                GOOD,
                files -> files.replaceAll((path, content) ->
                        path.startsWith("notes/QVL-BG/QOS-POL.") ? World.text(forger.checkpoint()) : content));

        caught(WORLD.verify(forged), Check.LEDGERS, "is not signed by the ledger key of QOS-POL");
    }

    // ---- cards and agreements

    @Test
    void anAgreementThatWasReplacedIsNamed() {
        String path = "agreements/QVL-QOS-2031-01.v1.xml";
        byte[] wider = World.replaced(WORLD.agreement, "kind=\"PersonAlert\"", "kind=\"AnythingNow\"");
        byte[] replaced = World.forge(GOOD, files -> {
            files.put(path, wider);
            files.put(path + ".QVL.p7s", World.partySign(WORLD.qvlParty, wider));
        });

        VerificationReport report = WORLD.verify(replaced);

        caught(report, Check.AGREEMENT, path + " was changed after party QOS signed it");
        caught(report, Check.AGREEMENT, "is not the agreement that receipt");
    }

    @Test
    void aMissingSignatureOfAPartyIsNamed() {
        caught(
                WORLD.verify(World.forge(GOOD, files -> files.remove("agreements/QVL-QOS-2031-01.v1.xml.QOS.p7s"))),
                Check.AGREEMENT,
                "has no signature of party QOS");
    }

    @Test
    void aSignatureOfAGatewayIsNotTheSignatureOfItsCountry() {
        String path = "agreements/QVL-QOS-2031-01.v1.xml.QOS.p7s";
        byte[] bySeal = World.forge(GOOD, files -> files.put(path, World.partySign(WORLD.qosSeal, WORLD.agreement)));

        caught(WORLD.verify(bySeal), Check.AGREEMENT, "which is not the party key of QOS");
    }

    @Test
    void aSignatureOfOneWhoIsNoPartyIsNamed() {
        String path = "agreements/QVL-QOS-2031-01.v1.xml.QXX.p7s";
        byte[] stray = World.forge(GOOD, files -> files.put(path, World.partySign(WORLD.qosParty, WORLD.agreement)));

        caught(WORLD.verify(stray), Check.AGREEMENT, "of one who is no party");
    }

    @Test
    void aMissingAgreementLeavesItIndeterminate() {
        VerificationReport report = WORLD.verify(
                World.forge(GOOD, files -> files.keySet().removeIf(path -> path.startsWith("agreements/"))));

        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.of(Check.AGREEMENT).sentence()).contains("which the bundle does not hold");
    }

    @Test
    void aMissingCardLeavesItIndeterminate() {
        VerificationReport report =
                WORLD.verify(World.forge(GOOD, files -> files.keySet().removeIf(path -> path.startsWith("cards/QOS"))));

        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.of(Check.SIGNER_GATEWAY).sentence()).contains("no good peer card of QOS-POL");
    }

    @Test
    void aMessageThatIsNotTheOneOfTheReceiptsIsNamed() {
        String path = "messages/" + WORLD.exchange + ".p7m";

        caught(
                WORLD.verify(World.forge(GOOD, files -> files.put(path, World.text("another")))),
                Check.DIGESTS,
                path + " is not the message that the receipts");
    }

    // ---- the auditor's side

    @Test
    void aTrustRootOfTheSameNameIsNotTheSame() {
        TrustAnchors swapped =
                TrustAnchors.of(List.of(new TestPki("QVL CA").certificate(), new TestPki("QOS CA").certificate()));

        VerificationReport report = EvidenceVerifier.verify(GOOD, swapped, World.policy(), java.time.Instant.now());

        caught(report, Check.SIGNER_PATH, "but your anchor of that name did not issue it");
        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_FAILED);
    }

    @Test
    void anUnknownTrustRootLeavesItIndeterminateAndSaysWhatToBring() {
        TrustAnchors foreign = TrustAnchors.of(List.of(new TestPki("Another CA").certificate()));

        VerificationReport report = EvidenceVerifier.verify(GOOD, foreign, World.policy(), java.time.Instant.now());

        assertThat(report.verdict()).isEqualTo(Verdict.INDETERMINATE);
        assertThat(report.indication()).isEqualTo(Indication.NO_CERTIFICATE_CHAIN_FOUND);
        assertThat(report.sentence()).contains("get that CA certificate from");
    }

    @Test
    void anAnchorThatIsBoundToACountrySpeaksForNoOther() {
        TrustAnchors crossed = new TrustAnchors(
                List.of(
                        new TrustAnchors.Anchor(WORLD.qvlAuthority.certificate(), Optional.of("QOS")),
                        new TrustAnchors.Anchor(WORLD.qosAuthority.certificate(), Optional.of("QVL"))),
                List.of(),
                List.of());

        assertThat(EvidenceVerifier.verify(GOOD, crossed, World.policy(), java.time.Instant.now())
                        .verdict())
                .isNotEqualTo(Verdict.TOTAL_PASSED);
    }

    // ----

    private static void caught(VerificationReport report, Check check, String words) {
        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(report.of(check).status()).isEqualTo(Status.FAIL);
        assertThat(report.of(check).findings()).anySatisfy(finding -> {
            assertThat(finding.status()).isEqualTo(Status.FAIL);
            assertThat(finding.sentence()).contains(words);
        });
    }

    private static byte[] flipped(byte[] content) {
        byte[] flipped = content.clone();
        flipped[content.length / 2] ^= 1;
        return flipped;
    }

    private static Consumer<Map<String, byte[]>> index(java.util.function.UnaryOperator<String> change) {
        return files -> files.computeIfPresent(
                BundlePath.INDEX,
                (path, content) -> World.text(change.apply(new String(content, StandardCharsets.UTF_8))));
    }

    private static Consumer<Map<String, byte[]>> inReceipt(Receipt receipt, String entry, String from, String to) {
        return inReceipt(receipt, files -> files.put(entry, World.replaced(files.get(entry), from, to)));
    }

    private static Consumer<Map<String, byte[]>> inReceipt(Receipt receipt, Consumer<Map<String, byte[]>> change) {
        return files -> files.computeIfPresent(path(receipt), (path, container) -> World.edit(container, change));
    }

    private static String path(Receipt receipt) {
        return BundlePath.receipt(receipt.id());
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
