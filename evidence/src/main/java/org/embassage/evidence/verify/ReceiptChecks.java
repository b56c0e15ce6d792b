package org.embassage.evidence.verify;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.BundlePath.Kind;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.evidence.receipt.ReceiptReader.Problem;
import org.embassage.evidence.receipt.ReceiptReader.Reading;
import org.embassage.evidence.verify.Material.GoodReceipt;
import org.embassage.evidence.zip.ZipFault;

/** Checks 4 and 5: each receipt alone. Says which entry of a receipt was changed. */
final class ReceiptChecks {

    private static final Pattern EVENT =
            Pattern.compile("<ERDSEventId>(?:http://uri\\.etsi\\.org/19522/Event/|urn:embassage:event:)([A-Za-z]{1,40})"
                    + "</ERDSEventId>");
    private static final Pattern ID = Pattern.compile("<EvidenceIdentifier>([0-9a-f-]{36})</EvidenceIdentifier>");

    private ReceiptChecks() {}

    static void all(Material material, Findings findings) {
        for (String path : material.paths(Kind.RECEIPT)) {
            one(path, material.file(path), true, findings).ifPresent(material.receipts::add);
        }
        if (material.paths(Kind.RECEIPT).isEmpty()) {
            findings.notChecked(
                    Check.RECEIPT, Indication.SIGNED_DATA_NOT_FOUND, "receipts/", "the bundle holds no receipt");
        }
    }

    /** @param named whether the path must be the one of the receipt's id */
    static Optional<GoodReceipt> one(String path, byte[] container, boolean named, Findings findings) {
        Reading reading = ReceiptReader.read(container);
        if (reading instanceof Reading.Read read) {
            return good(
                    new GoodReceipt(path, read.receipt(), read.signer(), read.proof(), read.later()), named, findings);
        }
        explain(path, container, (Reading.Unreadable) reading, findings);
        return Optional.empty();
    }

    private static Optional<GoodReceipt> good(GoodReceipt receipt, boolean named, Findings findings) {
        if (named && !receipt.path().equals(BundlePath.receipt(receipt.receipt().id()))) {
            findings.fail(
                    Check.RECEIPT,
                    Indication.FORMAT_FAILURE,
                    receipt.path(),
                    receipt.path() + " holds another receipt than its name says: " + receipt.title());
            return Optional.empty();
        }
        findings.pass(
                Check.RECEIPT,
                receipt.path(),
                receipt.title() + " by " + receipt.evidence().issuer() + " is whole; the signature is by "
                        + PathJudge.name(receipt.signer()));
        findings.pass(Check.FIELDS, receipt.path(), receipt.title() + " has the fields of its event");
        return Optional.of(receipt);
    }

    private static void explain(String path, byte[] container, Reading.Unreadable bad, Findings findings) {
        Salvage salvage = Salvage.of(container);
        String title = title(path, salvage.entries());
        Reading.Unreadable seen = bad;
        if (bad.problem() == Problem.CONTAINER && bad.entry().isEmpty()) {
            Optional<Reading> again = salvage.rewritten().map(ReceiptReader::read);
            if (again.isPresent() && again.get() instanceof Reading.Unreadable deeper) {
                seen = deeper;
            } else {
                String more = salvage.remarks().stream()
                        .findFirst()
                        .or(() -> salvage.fault(ReceiptReader.MAX_BYTES).map(ZipFault::sentence))
                        .map(why -> ": " + why)
                        .orElse("");
                findings.fail(
                        Check.RECEIPT,
                        Indication.FORMAT_FAILURE,
                        path,
                        "the ZIP of " + title + " was changed or repacked" + more);
                return;
            }
        }
        if (seen.problem() == Problem.FIELDS) {
            findings.pass(Check.RECEIPT, path, title + " is whole");
            findings.fail(
                    Check.FIELDS,
                    Indication.SIG_CONSTRAINTS_FAILURE,
                    path,
                    title + " lacks a field of its event, has one too many, or was issued by the wrong side");
            return;
        }
        findings.fail(Check.RECEIPT, indication(seen.problem()), path, sentence(title, seen));
    }

    private static Indication indication(Problem problem) {
        return switch (problem) {
            case CONTAINER, ENTRY_MISSING, ENTRY_EXTRA, EVIDENCE, FIELDS -> Indication.FORMAT_FAILURE;
            case ENTRY_CHANGED -> Indication.HASH_FAILURE;
            case SIGNATURE -> Indication.SIG_CRYPTO_FAILURE;
            case SIGNER_NOT_ISSUER -> Indication.SIG_CONSTRAINTS_FAILURE;
        };
    }

    private static String sentence(String title, Reading.Unreadable bad) {
        String entry = bad.entry();
        return switch (bad.problem()) {
            case CONTAINER -> title + " is not an ASiC-E container with the mimetype first";
            case ENTRY_MISSING -> entry + " of " + title + " is missing";
            case ENTRY_EXTRA -> entry + " in " + title + " was added: nobody signed it";
            case ENTRY_CHANGED -> entry + " of " + title + " was changed after signing";
            case SIGNATURE ->
                entry.endsWith(".xml")
                        ? entry + " of " + title + " was changed after signing"
                        : "the signature of " + title + " does not verify: " + entry + " was changed, or is not of the"
                                + " profile";
            case EVIDENCE, FIELDS -> entry + " of " + title + " is not written as this format writes it";
            case SIGNER_NOT_ISSUER ->
                title + " names another certificate than the one that signed it: the signer was swapped";
        };
    }

    /** What the receipt says of itself, for a person; it is not believed. */
    private static String title(String path, Map<String, byte[]> entries) {
        String xml = new String(entries.getOrDefault("evidence.xml", new byte[0]), StandardCharsets.UTF_8);
        String id = first(ID, xml).orElseGet(() -> path.replaceFirst(".*/", "").replaceFirst("\\.asice$", ""));
        return first(EVENT, xml).map(event -> GoodReceipt.title(event, id)).orElse("receipt " + id);
    }

    private static Optional<String> first(Pattern pattern, String text) {
        return Optional.of(pattern.matcher(text)).filter(Matcher::find).map((Function<Matcher, String>)
                m -> m.group(1));
    }
}
