package org.embassage.evidence.verify;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.embassage.evidence.Digest;
import org.embassage.evidence.bundle.BundleIndex;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.EvidenceBundle;
import org.embassage.evidence.cms.CadesVerifier;
import org.embassage.evidence.cms.SignatureCheck;
import org.embassage.evidence.zip.ZipFault;

/** Checks 1 to 3: the file itself, its index, and who exported. */
final class ContainerChecks {

    private static final String BUNDLE = "the bundle";

    private ContainerChecks() {}

    /** Says what is wrong with a bundle that is no strict ZIP, and gives what can be read of it all the same. */
    static SortedMap<String, byte[]> salvage(Salvage salvage, Findings findings) {
        Optional<ZipFault> fault = salvage.fault(EvidenceBundle.MAX_BYTES);
        String refused = "the file is not the plain ZIP that a gateway writes: "
                + fault.map(ZipFault::sentence).orElse("its first entry is not " + BundlePath.INDEX);
        // A remark about a checksum names the file, and says more than the reader's refusal.
        boolean last = fault.filter(ZipFault.CHECKSUM::equals).isPresent();
        Stream.concat(
                        last ? Stream.empty() : Stream.of(refused),
                        Stream.concat(salvage.remarks().stream().limit(20), last ? Stream.of(refused) : Stream.empty()))
                .forEach(remark -> findings.fail(Check.CONTAINER, Indication.FORMAT_FAILURE, BUNDLE, remark));
        return new TreeMap<>(salvage.entries());
    }

    static void places(Material material, Findings findings) {
        boolean allKnown = findings.of(Check.CONTAINER).isEmpty();
        for (String path : material.files.keySet()) {
            if (BundlePath.kind(path).isEmpty()) {
                allKnown = false;
                findings.fail(
                        Check.CONTAINER,
                        Indication.FORMAT_FAILURE,
                        path,
                        "no file of a bundle lies at " + path + ": it was added, or is of a later version");
            }
        }
        if (allKnown) {
            findings.pass(Check.CONTAINER, BUNDLE, "a strict ZIP of " + material.files.size() + " files");
        }
    }

    static void index(Material material, Findings findings) {
        if (material.files.isEmpty()) {
            findings.notChecked(
                    Check.INDEX,
                    Indication.SIGNED_DATA_NOT_FOUND,
                    BundlePath.INDEX,
                    "nothing of the file can be read as a bundle");
            return;
        }
        if (material.index.isEmpty()) {
            findings.fail(
                    Check.INDEX,
                    Indication.FORMAT_FAILURE,
                    BundlePath.INDEX,
                    "bundle.txt is missing or was changed: it is not as a gateway writes it");
            return;
        }
        BundleIndex index = material.index.get();
        int good = 0;
        for (var listed : index.files().entrySet()) {
            byte[] content = material.files.get(listed.getKey());
            if (content == null) {
                findings.fail(
                        Check.INDEX,
                        Indication.HASH_FAILURE,
                        listed.getKey(),
                        listed.getKey() + " is listed in bundle.txt but missing");
            } else if (!Digest.sha256(content).equals(listed.getValue())) {
                findings.fail(
                        Check.INDEX,
                        Indication.HASH_FAILURE,
                        listed.getKey(),
                        listed.getKey()
                                + " is not the file that was exported: its SHA-256 is not the one in bundle.txt");
            } else {
                good++;
            }
        }
        for (String path : material.files.keySet()) {
            boolean itself = path.equals(BundlePath.INDEX) || path.equals(BundlePath.INDEX_SIGNATURE);
            if (!itself && !index.files().containsKey(path)) {
                findings.fail(
                        Check.INDEX,
                        Indication.FORMAT_FAILURE,
                        path,
                        path + " is not listed in bundle.txt: it was added");
            }
        }
        if (good == index.files().size()) {
            findings.pass(
                    Check.INDEX,
                    BundlePath.INDEX,
                    good + " files are as listed; exported by " + index.exporter() + " at " + index.exported());
        }
    }

    static void exporter(Material material, PathJudge paths, Findings findings) {
        if (!material.files.containsKey(BundlePath.INDEX_SIGNATURE) || material.index.isEmpty()) {
            findings.notChecked(
                    Check.EXPORTER,
                    Indication.SIGNED_DATA_NOT_FOUND,
                    BundlePath.INDEX_SIGNATURE,
                    "bundle.txt is not signed: who exported it, when and for which question is only said");
            return;
        }
        BundleIndex index = material.index.get();
        SignatureCheck check = CadesVerifier.verifyDetached(
                material.file(BundlePath.INDEX_SIGNATURE), material.file(BundlePath.INDEX));
        if (!(check instanceof SignatureCheck.Good good)) {
            findings.fail(
                    Check.EXPORTER,
                    Indication.SIG_CRYPTO_FAILURE,
                    BundlePath.INDEX_SIGNATURE,
                    "the exporter's signature is not over this bundle.txt: one of the two was changed");
        } else if (!PathJudge.names(good.signer(), "urn:embassage:gateway:" + index.exporter())) {
            findings.fail(
                    Check.EXPORTER,
                    Indication.SIG_CONSTRAINTS_FAILURE,
                    BundlePath.INDEX_SIGNATURE,
                    "bundle.txt is signed by " + PathJudge.name(good.signer()) + ", which is not " + index.exporter());
        } else {
            SignerChecks.path(
                    paths,
                    findings,
                    Check.EXPORTER,
                    good.signer(),
                    index.exporter().country(),
                    BundlePath.INDEX_SIGNATURE);
        }
    }
}
