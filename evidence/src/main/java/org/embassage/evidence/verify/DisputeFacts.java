package org.embassage.evidence.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.SignedNote;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.verify.LedgerHistories.Genuine;
import org.embassage.evidence.verify.Material.GoodReceipt;

/**
 * What two bundles show about a receipt that they do not both hold: who signed it, in whose ledger it is, which side cosigned
 * that, and which side named it. Each sentence is without its full stop, and says nothing that signatures do not show.
 */
final class DisputeFacts {

    private final Party first;
    private final Party second;
    private final Examined together;
    private final TrustAnchors trust;
    private final Map<GatewayId, List<Cosigned>> cosigned = new HashMap<>();

    /** One side of the dispute. */
    record Party(GatewayId gateway, Examined examined) {
        Optional<GoodReceipt> receipt(EvidenceId id) {
            return examined.material().receipts.stream()
                    .filter(one -> one.receipt().id().equals(id))
                    .findFirst();
        }

        /** Whether the gateway itself signed the list of the files: else whoever had the file may have changed what is in it. */
        boolean vouched() {
            return DisputeReport.Side.signed(examined.report());
        }

        String bundle() {
            return bundle(gateway, vouched());
        }

        static String bundle(GatewayId gateway, boolean vouched) {
            return vouched ? "the bundle of " + gateway : "what is given as the bundle of " + gateway;
        }
    }

    private record Cosigned(Checkpoint checkpoint, Instant time) {}

    DisputeFacts(Party first, Party second, Examined together, TrustAnchors trust) {
        this.first = first;
        this.second = second;
        this.together = together;
        this.trust = trust;
    }

    /** Whether a gateway has a part in what a receipt is about. */
    static boolean party(GatewayId gateway, Evidence evidence) {
        return evidence.issuer().equals(gateway)
                || evidence.sender().equals(gateway)
                || evidence.recipient().filter(gateway::equals).isPresent();
    }

    // ---- a receipt of one side only

    /** The last sentence is what follows. */
    List<String> missing(EvidenceId id, boolean firstHasIt) {
        Party holder = firstHasIt ? first : second;
        Party lacking = firstHasIt ? second : first;
        GatewayId who = lacking.gateway();
        List<String> words = new ArrayList<>();
        Optional<GoodReceipt> held = holder.receipt(id);
        if (held.isEmpty()) {
            return List.of("it is not whole in " + holder.bundle() + ", see check 4: nothing follows from it");
        }
        GoodReceipt receipt = inTogether(held.get());
        Evidence evidence = receipt.evidence();
        if (!party(who, evidence)) {
            return List.of(who + " has no part in what it is about, so its bundle need not hold it");
        }
        words.add(signature(holder, receipt));
        Optional<String> ledger = inLedgerOf(who, receipt);
        ledger.ifPresent(words::add);
        Optional<String> named = namedBy(who, receipt);
        named.ifPresent(words::add);
        cosignedBy(who, receipt).ifPresent(words::add);
        boolean rewritten = twoHistories(who);
        if (rewritten) {
            words.add("the ledger of " + who + " shows two histories, see check 20");
        }
        boolean knew =
                ledger.isPresent() || named.isPresent() || evidence.issuer().equals(who);
        words.add(knew ? known(lacking, rewritten) : open(lacking, evidence));
        return words;
    }

    private static String known(Party lacking, boolean rewritten) {
        GatewayId who = lacking.gateway();
        if (rewritten) {
            return "so " + who + " had it, and cannot say that it never was: its books were rewritten";
        }
        return lacking.vouched()
                ? "so " + who
                        + " had it, and cannot say that it never was: it was left out of the export, or taken out of"
                        + " the books"
                : "so " + who + " had it, but " + who + " did not sign the list of the file from which it is missing:"
                        + " whoever had that file may have removed it, and nothing follows against " + who + "; ask "
                        + who + " itself for its bundle";
    }

    private static String open(Party lacking, Evidence evidence) {
        GatewayId who = lacking.gateway();
        var index = lacking.examined().material().index;
        if (index.filter(one -> one.exported().isBefore(evidence.time())).isPresent()) {
            return lacking.bundle() + " says that it was exported at "
                    + index.get().exported() + ", before this was said: it had not come; ask " + who
                    + " for a new export";
        }
        if (evidence.subject() instanceof Subject.OfExchange of
                && index.filter(one -> !one.exchanges().containsKey(of.exchange()))
                        .isPresent()) {
            return lacking.bundle() + " is not about exchange " + of.exchange() + ": ask " + who
                    + " for an export of that exchange";
        }
        return "nothing in the two bundles shows whether it had come to " + who
                + ": it has not arrived yet, was left out of the export, or was taken out of the books"
                + (lacking.vouched()
                        ? ""
                        : ", or whoever had that file removed it, since " + who + " did not sign its list");
    }

    // ---- two receipts of one id

    /** The last sentence is what follows. */
    List<String> conflicting(EvidenceId id) {
        Optional<GoodReceipt> mine = first.receipt(id);
        Optional<GoodReceipt> theirs = second.receipt(id);
        List<String> words = new ArrayList<>();
        if (mine.isEmpty() || theirs.isEmpty()) {
            Stream.of(first, second)
                    .filter(party -> party.receipt(id).isEmpty())
                    .forEach(party -> words.add("in " + party.bundle()
                            + " it is not whole, see check 4: no signature stands under what is there"));
            Stream.of(first, second)
                    .forEach(party -> party.receipt(id).ifPresent(whole -> words.add(signature(party, whole))));
            words.add("so the bundle with the damaged copy was changed after it was signed");
            return words;
        }
        words.add(differences(mine.get().evidence(), theirs.get().evidence()));
        for (Party party : List.of(first, second)) {
            GoodReceipt receipt = inTogether(party.receipt(id).orElseThrow());
            words.add("the one in " + party.bundle() + ": " + signature(party, receipt));
            placed(receipt).ifPresent(words::add);
            for (Party witness : List.of(first, second)) {
                cosignedBy(witness.gateway(), receipt).ifPresent(words::add);
            }
        }
        GatewayId one = mine.get().evidence().issuer();
        GatewayId other = theirs.get().evidence().issuer();
        words.add(
                one.equals(other)
                        ? "so " + one + " signed both: whichever it calls false, its signature stands under it"
                        : "so " + one + " signed the one and " + other
                                + " the other under one id, which none of them gives twice");
        return words;
    }

    private String differences(Evidence one, Evidence other) {
        List<String> fields = Stream.of(
                        field(
                                "the event (" + one.event().etsiName() + " and "
                                        + other.event().etsiName() + ")",
                                one,
                                other,
                                Evidence::event),
                        field("the time", one, other, Evidence::time),
                        field("the issuer", one, other, Evidence::issuer),
                        field("the certificate", one, other, Evidence::issuerCertificate),
                        field("the sender", one, other, Evidence::sender),
                        field("the recipient", one, other, Evidence::recipient),
                        field("the exchange or what is said of it", one, other, Evidence::subject),
                        field("the terms", one, other, Evidence::terms),
                        field("the digests of the message", one, other, Evidence::digests),
                        field("the reasons", one, other, Evidence::reasons),
                        field("the basis of the hand-over", one, other, Evidence::basis),
                        field("the act", one, other, Evidence::act),
                        field("the evidence before it", one, other, Evidence::previous),
                        field("the checkpoints", one, other, Evidence::checkpoints))
                .flatMap(Optional::stream)
                .toList();
        return fields.isEmpty()
                ? "the two say the same and were signed one by one, which a gateway never does"
                : "the two differ in " + String.join(", ", fields);
    }

    private static Optional<String> field(String name, Evidence one, Evidence other, Function<Evidence, Object> of) {
        return Objects.equals(of.apply(one), of.apply(other)) ? Optional.empty() : Optional.of(name);
    }

    // ---- facts

    /** The same receipt as it was judged with both bundles, under which its places are known. */
    private GoodReceipt inTogether(GoodReceipt receipt) {
        return together.material().receiptsAndCopies().stream()
                .filter(one -> one.receipt().manifest().equals(receipt.receipt().manifest())
                        && one.receipt().signature().equals(receipt.receipt().signature()))
                .findFirst()
                .orElse(receipt);
    }

    private static String signature(Party holder, GoodReceipt receipt) {
        VerificationReport report = holder.examined().report();
        GatewayId issuer = receipt.evidence().issuer();
        boolean stands = Stream.of(Check.SIGNER_PATH, Check.SIGNER_GATEWAY)
                .allMatch(check -> report.of(check).status() == Status.PASS);
        return stands
                ? "the signature of " + issuer + " stands under it, by certificate " + PathJudge.name(receipt.signer())
                : "the signature under it is whole, but that it is one of " + issuer
                        + " is not shown, see checks 6 to 8 for " + holder.bundle();
    }

    private Optional<String> inLedgerOf(GatewayId owner, GoodReceipt receipt) {
        return together.ledgers().placesOf(receipt).stream()
                .filter(place -> place.checkpoint().origin().startsWith(owner + "/"))
                .findFirst()
                .map(place -> "it is entry " + place.index() + " of "
                        + place.checkpoint().origin() + ", the ledger of " + owner
                        + " itself, by its signed checkpoint of size "
                        + place.checkpoint().size());
    }

    private Optional<String> placed(GoodReceipt receipt) {
        return inLedgerOf(receipt.evidence().issuer(), receipt);
    }

    private Optional<String> namedBy(GatewayId issuer, GoodReceipt receipt) {
        Previous name = new Previous(receipt.receipt().id(), receipt.receipt().manifest());
        return together.material().receipts.stream()
                .filter(later -> later.evidence().issuer().equals(issuer)
                        && later.evidence().previous().filter(name::equals).isPresent())
                .findFirst()
                .map(later -> issuer + " names it by its digest in its own " + later.title());
    }

    /** When a gateway first cosigned a checkpoint of another's ledger that covers the receipt. */
    private Optional<String> cosignedBy(GatewayId witness, GoodReceipt receipt) {
        return cosigned.computeIfAbsent(witness, this::allCosigned).stream()
                .filter(one -> together.ledgers().covers(one.checkpoint(), receipt))
                .findFirst()
                .map(one -> witness + " cosigned the checkpoint of size "
                        + one.checkpoint().size() + " of " + one.checkpoint().origin() + ", which covers it, at "
                        + one.time() + ": it was there by then");
    }

    /** The earliest first. */
    private List<Cosigned> allCosigned(GatewayId witness) {
        List<CosignatureVerifier> keys = Stream.concat(
                        trust.cosigners().stream(),
                        together.material().cards.stream().flatMap(card -> card.facts().witnessKey().stream()))
                .filter(key -> key.name().startsWith(witness + "/"))
                .toList();
        List<Cosigned> found = new ArrayList<>();
        for (Genuine note : together.ledgers().genuineNotes()) {
            if (note.checkpoint().origin().startsWith(witness + "/")) {
                continue; // nobody witnesses himself
            }
            SignedNote.parse(note.note())
                    .flatMap(signed -> keys.stream()
                            .flatMap(key -> key.cosigned(signed).stream())
                            .min(Comparator.naturalOrder()))
                    .ifPresent(time -> found.add(new Cosigned(note.checkpoint(), time)));
        }
        found.sort(Comparator.comparing(Cosigned::time));
        return found;
    }

    private boolean twoHistories(GatewayId owner) {
        return together.report().of(Check.LEDGERS).findings().stream()
                .anyMatch(finding ->
                        finding.status() == Status.FAIL && finding.subject().startsWith(owner + "/"));
    }
}
