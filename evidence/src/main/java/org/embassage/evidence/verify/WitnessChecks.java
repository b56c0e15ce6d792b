package org.embassage.evidence.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.SignedNote;
import org.embassage.evidence.verify.LedgerHistories.Genuine;
import org.embassage.evidence.verify.Material.GoodReceipt;

/**
 * Check 23: witnesses other than the issuer cosigned a checkpoint that covers each receipt. Known witnesses are those that the
 * auditor pinned, and the gateways whose good cards name a witness key.
 */
final class WitnessChecks {

    private final Material material;
    private final TrustAnchors trust;
    private final LedgerChecks ledgers;
    private final int needed;
    private final Findings findings;
    /** By the text of the key, so that one key under two names is one witness. */
    private final SortedMap<String, CosignatureVerifier> known = new TreeMap<>();

    WitnessChecks(Material material, TrustAnchors trust, LedgerChecks ledgers, int needed, Findings findings) {
        this.material = material;
        this.trust = trust;
        this.ledgers = ledgers;
        this.needed = needed;
        this.findings = findings;
    }

    /** @return whether there was anything to judge: a single receipt may come without any witness */
    boolean all() {
        trust.cosigners().forEach(key -> known.putIfAbsent(key(key), key));
        material.cards.forEach(card -> card.facts().witnessKey().ifPresent(key -> known.putIfAbsent(key(key), key)));
        List<Cosigned> cosigned = new ArrayList<>();
        for (Genuine note : ledgers.genuineNotes()) {
            SortedMap<String, String> witnesses = witnesses(note);
            if (!witnesses.isEmpty()) {
                cosigned.add(new Cosigned(note.checkpoint(), witnesses));
            }
        }
        // the greatest covers most: with it first, few are looked at for each receipt
        cosigned.sort(
                Comparator.comparingLong((Cosigned one) -> one.checkpoint().size())
                        .reversed());
        Map<GatewayId, List<Cosigned>> byIssuer = cosigned.stream()
                .collect(Collectors.groupingBy(
                        one -> new GatewayId(one.checkpoint().origin().split("/", -1)[0])));
        material.receipts.forEach(receipt ->
                judge(receipt, byIssuer.getOrDefault(receipt.evidence().issuer(), List.of())));
        return !cosigned.isEmpty() || findings.of(Check.WITNESSED).stream().anyMatch(f -> f.status() == Status.FAIL);
    }

    /** @param witnesses their names by their keys */
    private record Cosigned(Checkpoint checkpoint, SortedMap<String, String> witnesses) {}

    private static String key(CosignatureVerifier verifier) {
        return verifier.vkey().substring(verifier.vkey().lastIndexOf('+') + 1);
    }

    /** The names of the known witnesses of a note, by their keys; a bad line of a known one is a failure. */
    private SortedMap<String, String> witnesses(Genuine genuine) {
        SortedMap<String, String> good = new TreeMap<>();
        Optional<SignedNote> note = SignedNote.parse(genuine.note());
        if (note.isEmpty()) {
            return good;
        }
        known.forEach((text, key) -> {
            if (!key.claims(note.get())) {
                return;
            }
            if (key.cosigned(note.get()).isPresent()) {
                good.put(text, key.name());
            } else {
                findings.fail(
                        Check.WITNESSED,
                        Indication.LEDGER_FAILURE,
                        genuine.place(),
                        "the cosignature of " + key.name() + " in " + genuine.place()
                                + " is not good: it was changed, or belongs to another checkpoint");
            }
        });
        return good;
    }

    private void judge(GoodReceipt receipt, List<Cosigned> cosigned) {
        GatewayId issuer = receipt.evidence().issuer();
        SortedMap<String, String> behind = new TreeMap<>();
        for (Cosigned note : cosigned) {
            if (behind.size() >= needed) {
                break;
            }
            if (ledgers.covers(note.checkpoint(), receipt)) {
                note.witnesses().forEach((key, name) -> {
                    if (!name.equals(issuer + "/witness")) {
                        behind.put(key, name);
                    }
                });
            }
        }
        SortedSet<String> names = new TreeSet<>(behind.values());
        if (behind.size() >= needed) {
            findings.pass(
                    Check.WITNESSED,
                    receipt.path(),
                    receipt.title() + ": a checkpoint that covers it is cosigned by " + String.join(", ", names));
        } else {
            findings.notChecked(
                    Check.WITNESSED,
                    Indication.TRY_LATER,
                    receipt.path(),
                    tooFew(names, issuer) + " cosigned a checkpoint of " + issuer + " that covers " + receipt.title()
                            + ": ask for a bundle exported later");
        }
    }

    private String tooFew(SortedSet<String> names, GatewayId issuer) {
        if (needed > 1) {
            return "of the " + needed + " witnesses that the policy asks for, "
                    + (names.isEmpty() ? "none" : "only " + String.join(", ", names));
        }
        return "no known witness";
    }
}
