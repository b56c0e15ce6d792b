package org.embassage.evidence.zip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.evidence.verify.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways to make one ZIP look different to different readers, or to harm one: each is refused with its own reason. */
class ZipTricksTest {

    private static final World WORLD = World.handedOver();
    private static final Map<String, byte[]> GOOD =
            StrictZip.read(WORLD.bundle(), 1 << 24).orElseThrow();
    private static final byte[] ZIP64_LOCATOR = "PK\u0006\u0007................".getBytes(StandardCharsets.ISO_8859_1);

    /** A trick, and why it is refused. */
    record Trick(String name, ZipFault fault, Consumer<CraftedZip> play) {
        byte[] octets() {
            CraftedZip zip = CraftedZip.of(GOOD);
            play.accept(zip);
            return zip.octets();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Trick> tricks() {
        return Stream.of(
                new Trick("bytes behind the end", ZipFault.BYTES_AFTER_END, z -> z.suffix = text("more")),
                new Trick("a second ZIP behind the end", ZipFault.BYTES_BEFORE_START, z -> z.suffix = other()),
                new Trick("a comment", ZipFault.BYTES_AFTER_END, z -> z.comment = text("a comment")),
                new Trick("a comment that holds a ZIP", ZipFault.BYTES_BEFORE_START, z -> z.comment = other()),
                new Trick("a program before the ZIP", ZipFault.BYTES_BEFORE_START, z -> z.prefix = text("#!/bin/sh\n")),
                new Trick("a prefix that looks like an entry", ZipFault.BYTES_BEFORE_START, z -> {
                    z.entry(0).listed = false;
                }),
                new Trick("the end cut off", ZipFault.NO_ZIP, z -> {}),
                new Trick("a ZIP64 locator", ZipFault.ZIP64, z -> z.beforeEnd = ZIP64_LOCATOR),
                new Trick("a ZIP64 count", ZipFault.ZIP64, z -> z.stated = 0xffff),
                new Trick("a ZIP64 size", ZipFault.ZIP64, z -> z.entry(1).size = -1),
                new Trick("a ZIP64 offset", ZipFault.ZIP64, z -> z.entry(1).offset = Integer.MIN_VALUE),
                new Trick("a split archive", ZipFault.MANY_DISKS, z -> z.disk = 1),
                new Trick("one entry more counted", ZipFault.COUNT, z -> z.countChange = 1),
                new Trick("one entry fewer counted", ZipFault.GAP, z -> z.countChange = -1),
                new Trick("none counted", ZipFault.COUNT, z -> z.stated = 0),
                new Trick("more entries than there may be", ZipFault.TOO_LARGE, z -> z.stated = 65_001),
                new Trick("a hidden entry before the directory", ZipFault.GAP, z -> z.entry(2).listed = false),
                new Trick("a hidden last entry", ZipFault.GAP, z -> z.entry(z.entries.size() - 1).listed = false),
                new Trick("bytes between entries", ZipFault.GAP, z -> z.entry(1).gapBefore = text("hidden")),
                new Trick("bytes before the directory", ZipFault.GAP, z -> z.beforeDirectory = text("hidden")),
                new Trick("bytes behind the directory", ZipFault.DIRECTORY_PLACE, z -> z.beforeEnd = text("hidden")),
                new Trick("a directory elsewhere", ZipFault.DIRECTORY_PLACE, z -> z.directoryChange = 7),
                new Trick("two entries of one content", ZipFault.OVERLAP, z -> {
                    z.entry(2).written = false;
                    z.entry(2).offset = 0;
                }),
                new Trick("a directory in another order", ZipFault.OVERLAP, z -> {
                    z.entry(0).offset = 0;
                    z.entry(1).offset = 0;
                }),
                new Trick("a name twice", ZipFault.DUPLICATE, z -> {
                    z.entry(2).name = z.entry(1).name;
                    z.entry(2).localName = z.entry(1).name;
                }),
                new Trick("two names for one entry", ZipFault.HEADERS_DIFFER, z -> z.entry(1).localName = same(z, 1)),
                new Trick("two sets of flags", ZipFault.HEADERS_DIFFER, z -> z.entry(1).localFlags = 8),
                new Trick("a path upwards", ZipFault.NAME, z -> named(z, "../../etc/passwd")),
                new Trick("an absolute path", ZipFault.NAME, z -> named(z, "/etc/passwd")),
                new Trick("a path of Windows", ZipFault.NAME, z -> named(z, "receipts\\x.asice")),
                new Trick("a drive of Windows", ZipFault.NAME, z -> named(z, "C:x")),
                new Trick("a folder", ZipFault.NAME, z -> named(z, "receipts/")),
                new Trick("an empty name", ZipFault.NAME, z -> named(z, "")),
                new Trick("a name that ends early", ZipFault.NAME, z -> named(z, "VERIFY.md\0.exe")),
                new Trick("a name in another script", ZipFault.NAME, z -> named(z, "VERIFY\u202Edm.exe")),
                new Trick("a name with a look-alike letter", ZipFault.NAME, z -> named(z, "VERIF\u0423.md")),
                new Trick("a name that a shell reads as an option", ZipFault.NAME, z -> named(z, "-rf")),
                new Trick("a UTF-8 flag", ZipFault.FLAGS, z -> z.entry(1).flags = 1 << 11),
                new Trick("encryption", ZipFault.ENCRYPTED, z -> z.entry(1).flags = 1),
                new Trick("hidden headers", ZipFault.ENCRYPTED, z -> z.entry(1).flags = 1 << 13),
                new Trick("a data descriptor", ZipFault.DATA_DESCRIPTOR, z -> z.entry(1).flags = 8),
                new Trick("an unknown method", ZipFault.METHOD, z -> z.entry(1).method = 12),
                new Trick("a Unicode path in an extra field", ZipFault.EXTRA, z -> z.entry(1).extra = unicodePath()),
                new Trick("an extra field before the content", ZipFault.EXTRA, z -> {
                    z.entry(1).localExtra = unicodePath();
                }),
                new Trick("a comment of an entry", ZipFault.EXTRA, z -> z.entry(1).comment = text("hm")),
                new Trick("a later version", ZipFault.EXTRA, z -> z.entry(1).version = 63),
                new Trick("a symbolic link", ZipFault.ATTRIBUTES, z -> z.entry(1).attributes = 0xA1FF << 16),
                new Trick("a bomb", ZipFault.TOO_LARGE, z -> {
                    z.entry(1).deflated();
                    z.entry(1).size = 1 << 28;
                }),
                new Trick("a size that is too small", ZipFault.SIZE, z -> {
                    z.entry(1).deflated();
                    z.entry(1).size = 1;
                }),
                new Trick("a size that is too large", ZipFault.SIZE, z -> z.entry(1).size++),
                new Trick("a stream that is none", ZipFault.SIZE, z -> z.entry(1).method = 8),
                new Trick("another checksum", ZipFault.CHECKSUM, z -> z.entry(1).crc ^= 1),
                new Trick("an entry that is not where it is said to be", ZipFault.NO_LOCAL_HEADER, z -> {
                    z.entry(1).written = false;
                    z.entry(2).gapBefore = new byte[30];
                    z.entry(2).written = false;
                }));
    }

    @Test
    void whatIsCraftedHonestlyIsReadAndPasses() {
        byte[] honest = CraftedZip.of(GOOD).octets();
        CraftedZip packed = CraftedZip.of(GOOD);
        packed.entry(3).deflated();

        assertThat(StrictZip.fault(honest, 1 << 24)).isEmpty();
        assertThat(WORLD.verify(honest).verdict()).isEqualTo(Verdict.TOTAL_PASSED);
        assertThat(WORLD.verify(packed.octets()).verdict()).isEqualTo(Verdict.TOTAL_PASSED);
    }

    @ParameterizedTest
    @MethodSource("tricks")
    void aTrickIsRefusedWithItsReason(Trick trick) {
        byte[] zip = cut(trick, trick.octets());

        assertThat(StrictZip.fault(zip, 1 << 24)).contains(trick.fault());
        assertThat(StrictZip.read(zip, 1 << 24)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("tricks")
    void aBundleWithATrickFailsAndSaysWhy(Trick trick) {
        VerificationReport report = WORLD.verify(cut(trick, trick.octets()));

        assertThat(report.verdict()).isEqualTo(Verdict.TOTAL_FAILED);
        assertThat(report.of(Check.CONTAINER).status()).isEqualTo(Status.FAIL);
        assertThat(report.of(Check.CONTAINER).findings())
                .allSatisfy(finding -> assertThat(finding.indication()).isEqualTo(Indication.FORMAT_FAILURE));
        assertThat(report.of(Check.CONTAINER).findings())
                .anySatisfy(finding ->
                        assertThat(finding.sentence()).contains(trick.fault().sentence()));
        assertThat(report.sentence()).startsWith("Do not rely on it: ").doesNotContain("\u202E", "\0");
    }

    @Test
    void everyReasonHasATrickAndAPlainSentence() {
        Set<ZipFault> played =
                tricks().map(Trick::fault).collect(Collectors.toCollection(() -> EnumSet.noneOf(ZipFault.class)));

        assertThat(played).isEqualTo(EnumSet.allOf(ZipFault.class));
        assertThat(Arrays.stream(ZipFault.values()).map(ZipFault::sentence).distinct())
                .hasSize(ZipFault.values().length)
                .noneMatch(sentence -> sentence.endsWith("."));
    }

    @Test
    void aBundleThatAUsualProgramPackedAnewIsRefused() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : GOOD.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }

        assertThat(StrictZip.fault(out.toByteArray(), 1 << 24)).contains(ZipFault.DATA_DESCRIPTOR);
        assertThat(WORLD.verify(out.toByteArray()).verdict()).isEqualTo(Verdict.TOTAL_FAILED);
    }

    @Test
    void noTruncationOrFlippedBitOfAHeaderIsReadOtherwise() {
        Map<String, byte[]> small = new LinkedHashMap<>();
        small.put("a", text("one"));
        small.put("b", text("two"));
        byte[] zip = StrictZip.write(small);

        for (int length = 0; length < zip.length; length++) {
            assertThat(StrictZip.fault(Arrays.copyOf(zip, length), 1 << 24))
                    .as("%d bytes", length)
                    .isPresent();
        }
        for (int bit = 0; bit < zip.length * 8; bit++) {
            byte[] flipped = zip.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            StrictZip.read(flipped, 1 << 24)
                    .ifPresent(read -> assertThat(read.keySet()).isNotEqualTo(small.keySet()));
        }
    }

    private static byte[] cut(Trick trick, byte[] zip) {
        return trick.fault() == ZipFault.NO_ZIP ? Arrays.copyOf(zip, zip.length - 30) : zip;
    }

    private static void named(CraftedZip zip, String name) {
        zip.entry(1).name = name.getBytes(StandardCharsets.UTF_8);
        zip.entry(1).localName = zip.entry(1).name;
    }

    private static byte[] same(CraftedZip zip, int index) {
        byte[] other = zip.entry(index).name.clone();
        other[0] ^= 1;
        return other;
    }

    /** Info-ZIP Unicode Path (0x7075): another name for the same entry. */
    private static byte[] unicodePath() {
        return new byte[] {0x75, 0x70, 7, 0, 1, 0, 0, 0, 0, 'e', 'x'};
    }

    private static byte[] other() {
        return StrictZip.write(Map.of("bundle.txt", text("another")));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
