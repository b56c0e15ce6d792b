package org.embassage.evidence.verify;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.BundlePath.Kind;
import org.embassage.evidence.bundle.Extracts;
import org.embassage.evidence.verify.Material.GoodReceipt;

/** Part of check 4: what lies in {@code extracts/} is what lies in the receipts, and nothing is missing there. */
final class ExtractChecks {

    private ExtractChecks() {}

    static void all(Material material, Findings findings) {
        Map<String, GoodReceipt> receipts = new TreeMap<>();
        for (GoodReceipt receipt : material.receipts) {
            receipts.put(receipt.receipt().id().toString(), receipt);
            Optional<Extracts> extracts = Extracts.of(receipt.receipt().container());
            String stem = "extracts/" + receipt.receipt().id();
            equal(material, findings, receipt, stem + ".signature", extracts.map(Extracts::signature));
            equal(material, findings, receipt, stem + ".tst", extracts.flatMap(Extracts::token));
        }
        for (Kind kind : new Kind[] {Kind.SIGNATURE_EXTRACT, Kind.TOKEN_EXTRACT}) {
            material.paths(kind).stream()
                    .filter(path -> !receipts.containsKey(BundlePath.ofExtract(path)))
                    .forEach(path -> findings.notChecked(
                            Check.RECEIPT,
                            Indication.SIGNED_DATA_NOT_FOUND,
                            path,
                            path + " was taken from a receipt of which no whole copy is in the bundle"));
        }
    }

    private static void equal(
            Material material, Findings findings, GoodReceipt receipt, String path, Optional<byte[]> expected) {
        byte[] there = material.files.get(path);
        if (there == null && expected.isEmpty()) {
            return;
        }
        if (there == null) {
            fail(findings, path, path + ", which openssl needs to check " + receipt.title() + ", is missing");
        } else if (expected.isEmpty() || !Arrays.equals(there, expected.get())) {
            fail(findings, path, path + " is not what lies in " + receipt.title() + ": it was changed or swapped");
        }
    }

    private static void fail(Findings findings, String path, String sentence) {
        findings.fail(Check.RECEIPT, Indication.FORMAT_FAILURE, path, sentence);
    }
}
