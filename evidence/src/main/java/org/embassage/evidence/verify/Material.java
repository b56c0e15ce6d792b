package org.embassage.evidence.verify;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundleIndex;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.BundlePath.Kind;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.receipt.AddedLater;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Receipt;

/** The files of a bundle, and what the checks have made of them so far. */
final class Material {

    private static final Duration DEFAULT_SKEW = Duration.ofSeconds(120);

    final SortedMap<String, byte[]> files;
    final Optional<BundleIndex> index;
    final List<GoodReceipt> receipts = new ArrayList<>();
    /** Other copies of receipts, of which only proof and checkpoints are looked at: two bundles judged as one have some. */
    final List<GoodReceipt> copies = new ArrayList<>();
    /** Where copies lie, by the very object. */
    private final Map<GoodReceipt, String> copyPlaces = new IdentityHashMap<>();
    /** Other proofs at places where a proof is already, likewise. */
    final Map<String, byte[]> furtherProofs = new TreeMap<>();

    final List<GoodCard> cards = new ArrayList<>();
    final Map<String, GoodAgreement> agreements = new LinkedHashMap<>();
    /** What check 24 made of a statement of completeness. */
    Optional<JudgedPeriod> period = Optional.empty();

    private final SortedMap<String, EpochBeginning> epochs = new TreeMap<>();

    Material(SortedMap<String, byte[]> files) {
        this.files = files;
        this.index = Optional.ofNullable(files.get(BundlePath.INDEX)).flatMap(BundleIndex::parse);
    }

    /** A receipt that is whole. */
    record GoodReceipt(String path, Receipt receipt, X509Certificate signer, Optional<String> proof, AddedLater later) {
        Evidence evidence() {
            return receipt.evidence();
        }

        GoodReceipt at(String other) {
            return new GoodReceipt(other, receipt, signer, proof, later);
        }

        /** As a person names it. */
        String title() {
            return title(receipt.evidence().event().etsiName(), receipt.id().toString());
        }

        static String title(String event, String id) {
            return "receipt " + id + " (" + event + ")";
        }
    }

    /** A card whose signature and signer are good. */
    record GoodCard(String path, CardFacts facts) {}

    /** An agreement file that is well-formed; {@code signed} if all parties did. */
    record GoodAgreement(String path, AgreementFacts facts, boolean signed) {}

    List<GoodReceipt> receiptsAndCopies() {
        List<GoodReceipt> all = new ArrayList<>(receipts);
        all.addAll(copies);
        return all;
    }

    void copy(GoodReceipt copy, String place) {
        copies.add(copy);
        copyPlaces.put(copy, place);
    }

    /** As a sentence names where a receipt lies: its path, but for a copy at a path that another has. */
    String place(GoodReceipt receipt) {
        return copyPlaces.getOrDefault(receipt, receipt.path());
    }

    List<String> paths(Kind kind) {
        return files.keySet().stream()
                .filter(path -> BundlePath.kind(path).filter(kind::equals).isPresent())
                .toList();
    }

    byte[] file(String path) {
        return files.getOrDefault(path, new byte[0]);
    }

    String text(String path) {
        return new String(file(path), StandardCharsets.UTF_8);
    }

    /** Certificates of the bundle and of its receipts that can be read. */
    Collection<X509Certificate> certificates() {
        Set<X509Certificate> read = new LinkedHashSet<>();
        for (String path : paths(Kind.CERTIFICATE)) {
            try {
                read.add((X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(file(path))));
            } catch (GeneralSecurityException | RuntimeException unreadable) {
                // it cannot help to build a path; the index check says that it was changed
            }
        }
        receipts.forEach(receipt -> read.addAll(receipt.later().certificates()));
        return read;
    }

    /** Revocation lists of the bundle and of its receipts that can be read. */
    Collection<X509CRL> crls() {
        Set<X509CRL> read = new LinkedHashSet<>();
        for (String path : paths(Kind.CRL)) {
            try {
                read.add((X509CRL)
                        CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(file(path))));
            } catch (GeneralSecurityException | RuntimeException unreadable) {
                // a list that cannot be read answers nothing; revocation is then not checked
            }
        }
        Set<X509CRL> known = Collections.newSetFromMap(new IdentityHashMap<>()); // large lists are costly to compare
        for (GoodReceipt receipt : receipts) {
            receipt.later().revocationLists().stream().filter(known::add).forEach(read::add);
        }
        return read;
    }

    /** The good receipts of each exchange, in the order in which the issuers' clocks put them. */
    SortedMap<ExchangeId, List<GoodReceipt>> exchanges() {
        SortedMap<ExchangeId, List<GoodReceipt>> exchanges = new TreeMap<>();
        for (GoodReceipt receipt : receipts) {
            if (receipt.evidence().subject() instanceof Subject.OfExchange of) {
                exchanges
                        .computeIfAbsent(of.exchange(), id -> new ArrayList<>())
                        .add(receipt);
            }
        }
        receipts.stream()
                .filter(receipt -> receipt.evidence().subject() instanceof Subject.Unopened)
                .forEach(refusal -> exchanges.values().stream()
                        .filter(same -> sameOuter(same.get(0), refusal))
                        .findFirst()
                        .ifPresent(same -> same.add(refusal)));
        exchanges
                .values()
                .forEach(list -> list.sort(
                        Comparator.comparing((GoodReceipt r) -> r.evidence().time())
                                .thenComparing(r -> r.receipt().id())));
        return exchanges;
    }

    /** How far clocks may be apart by the agreement that receipts name, if it is there. */
    Duration skew(List<GoodReceipt> of) {
        return of.stream()
                .flatMap(receipt -> receipt.evidence().terms().stream())
                .flatMap(terms -> Optional.ofNullable(
                        agreements.get(terms.agreementDigest().hex()))
                        .stream())
                .map(held -> held.facts().skew())
                .findFirst()
                .orElse(DEFAULT_SKEW);
    }

    static boolean sameOuter(GoodReceipt one, GoodReceipt other) {
        return one.evidence()
                .digests()
                .flatMap(mine ->
                        other.evidence().digests().map(theirs -> mine.outer().equals(theirs.outer())))
                .orElse(false);
    }

    /** The keys of a gateway's ledgers: pinned ones if there are any, else those of its good cards. */
    List<NoteVerifier> ledgerKeys(GatewayId gateway, TrustAnchors trust) {
        List<NoteVerifier> pinned = trust.ledgerKeys().stream()
                .filter(key -> key.name().startsWith(gateway + "/"))
                .toList();
        return pinned.isEmpty()
                ? cards.stream()
                        .map(GoodCard::facts)
                        .filter(card -> card.gateway().equals(gateway))
                        .map(CardFacts::ledgerKey)
                        .toList()
                : pinned;
    }

    /**
     * The keys that a ledger of this origin may have. A gateway's ledger keeps its key when it begins a new epoch; a key of
     * another epoch counts if the bundle has the signed statement by which one of the two followed.
     */
    List<NoteVerifier> ledgerKeys(GatewayId gateway, TrustAnchors trust, String origin) {
        List<NoteVerifier> all = ledgerKeys(gateway, trust);
        List<NoteVerifier> exact =
                all.stream().filter(key -> key.name().equals(origin)).toList();
        if (!exact.isEmpty() || !EpochBeginning.gatewayOf(origin).equals(Optional.of(gateway.value()))) {
            return exact;
        }
        return all.stream()
                .filter(key -> epochs().values().stream()
                        .anyMatch(epoch -> (epoch.origin().equals(origin)
                                        || epoch.follows().equals(origin))
                                && epoch.isSignedBy(key)))
                .map(key -> key.under(origin))
                .toList();
    }

    /** The statements by which ledgers began a new epoch, by their places; whoever made them. */
    Map<String, EpochBeginning> epochs() {
        if (epochs.isEmpty()) {
            for (String path : paths(Kind.EPOCH)) {
                EpochBeginning.parse(text(path)).ifPresent(read -> epochs.put(path, read));
            }
        }
        return epochs;
    }
}
