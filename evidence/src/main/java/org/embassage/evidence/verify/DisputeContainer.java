package org.embassage.evidence.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.dispute.DisputeBundle;
import org.embassage.evidence.dispute.DisputeFile;
import org.embassage.evidence.zip.ZipFault;

/**
 * Checks 1 and 2 of a dispute file itself.
 *
 * @param stated what its list says, if the list is well-formed
 * @param sides the bundles, by the gateways after which they are named
 */
record DisputeContainer(Optional<DisputeFile> stated, SortedMap<GatewayId, byte[]> sides) {

    private static final String FILE = "the dispute file";

    static DisputeContainer open(byte[] file, Findings findings) {
        Optional<DisputeBundle> strict = DisputeBundle.read(file);
        Map<String, byte[]> entries = strict.map(DisputeBundle::entries).orElseGet(() -> salvage(file, findings));
        Optional<DisputeFile> stated =
                Optional.ofNullable(entries.get(DisputeBundle.INDEX)).flatMap(DisputeFile::parse);
        places(entries, stated, strict.isPresent(), findings);
        if (stated.isPresent()) {
            listed(entries, stated.get(), findings);
        } else {
            findings.fail(
                    Check.INDEX,
                    Indication.FORMAT_FAILURE,
                    DisputeBundle.INDEX,
                    "dispute.txt is missing or was changed: it is not written as this format writes it");
        }
        SortedMap<GatewayId, byte[]> sides = new TreeMap<>();
        entries.forEach((path, content) -> {
            if (path.startsWith("sides/") && DisputeBundle.known(path)) {
                sides.put(new GatewayId(path.substring("sides/".length(), path.length() - ".zip".length())), content);
            }
        });
        if (sides.size() != 2) {
            findings.fail(
                    Check.INDEX,
                    Indication.FORMAT_FAILURE,
                    "sides/",
                    "there are " + sides.size() + " bundles under sides/, and a dispute is between two");
        }
        return new DisputeContainer(stated, sides);
    }

    private static Map<String, byte[]> salvage(byte[] file, Findings findings) {
        Salvage salvage = Salvage.of(file);
        List<String> remarks = new ArrayList<>();
        remarks.add("the file is not the plain ZIP that is written: "
                + salvage.fault(DisputeBundle.MAX_BYTES).map(ZipFault::sentence).orElse("it cannot be read"));
        salvage.remarks().stream().limit(20).forEach(remarks::add);
        remarks.forEach(remark -> findings.fail(Check.CONTAINER, Indication.FORMAT_FAILURE, FILE, remark));
        return salvage.entries();
    }

    private static void places(
            Map<String, byte[]> entries, Optional<DisputeFile> stated, boolean strict, Findings findings) {
        boolean good = strict;
        for (String path : entries.keySet()) {
            if (!DisputeBundle.known(path)) {
                good = false;
                findings.fail(
                        Check.CONTAINER,
                        Indication.FORMAT_FAILURE,
                        path,
                        "nothing of a dispute file lies at " + path + ": it was added, or is of a later version");
            }
        }
        if (good && stated.isPresent()) {
            List<String> order = DisputeBundle.order(stated.get());
            boolean sameFiles = entries.keySet().containsAll(order) && entries.size() == order.size();
            if (sameFiles && !List.copyOf(entries.keySet()).equals(order)) {
                good = false;
                findings.fail(
                        Check.CONTAINER,
                        Indication.FORMAT_FAILURE,
                        FILE,
                        "its entries are not in the order in which this format writes them");
            }
        }
        if (good) {
            findings.pass(Check.CONTAINER, FILE, "the dispute file is a strict ZIP of " + entries.size() + " files");
        }
    }

    private static void listed(Map<String, byte[]> entries, DisputeFile stated, Findings findings) {
        boolean good = true;
        for (DisputeFile.Side side : List.of(stated.first(), stated.second())) {
            byte[] bundle = entries.get(side.path());
            if (bundle == null || !Digest.sha256(bundle).equals(side.bundle())) {
                good = false;
                findings.fail(
                        Check.INDEX,
                        Indication.HASH_FAILURE,
                        side.path(),
                        side.path()
                                + (bundle == null
                                        ? " is listed in dispute.txt but missing"
                                        : " is not the bundle that is listed: its SHA-256 is not the one in dispute.txt"));
            }
        }
        for (String path : entries.keySet()) {
            if (DisputeBundle.known(path) && !DisputeBundle.order(stated).contains(path)) {
                good = false;
                findings.fail(
                        Check.INDEX,
                        Indication.FORMAT_FAILURE,
                        path,
                        path + " is not listed in dispute.txt: it was added");
            }
        }
        if (!Arrays.equals(
                entries.getOrDefault(DisputeBundle.INSTRUCTIONS, new byte[0]), DisputeBundle.instructions())) {
            good = false;
            findings.fail(
                    Check.INDEX,
                    Indication.HASH_FAILURE,
                    DisputeBundle.INSTRUCTIONS,
                    "VERIFY.md is not the text that every dispute file has: it was changed");
        }
        if (good) {
            findings.pass(
                    Check.INDEX,
                    DisputeBundle.INDEX,
                    "both bundles are those that dispute.txt lists; it says that it was made at " + stated.made());
        }
    }
}
