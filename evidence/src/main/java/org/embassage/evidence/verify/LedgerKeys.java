package org.embassage.evidence.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.evidence.cms.CadesVerifier;
import org.embassage.evidence.cms.SignatureCheck;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.NoteVerifier;

/**
 * The keys of ledgers and witnesses that an auditor believes: those that he pinned ({@code *.vkey}), and those of signed peer
 * cards ({@code *.card.xml} with {@code *.card.xml.p7s} beside it) in his trust folder that lead to one of his anchors.
 * A ledger that has a pinned key is judged by that one alone.
 *
 * @param ledgers each with where it is from
 * @param witnesses each with where it is from
 * @param leftOut cards that are not believed, in plain words
 */
public record LedgerKeys(List<Ledger> ledgers, List<Witness> witnesses, List<String> leftOut) {

    private static final String CARD = ".card.xml";
    private static final int LARGEST = 1 << 20;

    public LedgerKeys {
        ledgers = List.copyOf(ledgers);
        witnesses = List.copyOf(witnesses);
        leftOut = List.copyOf(leftOut);
    }

    /** @param source in plain words, such as {@code pinned by you} */
    public record Ledger(NoteVerifier key, String source) {}

    /** @param source in plain words */
    public record Witness(CosignatureVerifier key, String source) {}

    /** The keys that are pinned. */
    public static LedgerKeys pinned(TrustAnchors trust) {
        return new LedgerKeys(
                trust.ledgerKeys().stream()
                        .map(key -> new Ledger(key, "pinned in your trust folder"))
                        .toList(),
                trust.cosigners().stream()
                        .map(key -> new Witness(key, "pinned in your trust folder"))
                        .toList(),
                List.of());
    }

    /**
     * Those and the cards' of the folder.
     *
     * @param at when the cards' signers are judged
     * @throws IOException if the folder cannot be read
     */
    public static LedgerKeys read(Path folder, TrustAnchors trust, Instant at) throws IOException {
        LedgerKeys pinned = pinned(trust);
        List<Ledger> ledgers = new ArrayList<>(pinned.ledgers());
        List<Witness> witnesses = new ArrayList<>(pinned.witnesses());
        List<String> leftOut = new ArrayList<>();
        List<Path> cards;
        try (Stream<Path> files = Files.list(folder)) {
            cards = files.filter(file -> file.getFileName().toString().endsWith(CARD))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
        for (Path file : cards) {
            Optional<CardFacts> card = believed(file, trust, at);
            String name = file.getFileName().toString();
            if (card.isEmpty()) {
                leftOut.add(name + " is not believed: it must be a peer card, signed in " + name
                        + ".p7s by the party key of its country, whose CA certificate is in your trust folder");
                continue;
            }
            String source =
                    "of the peer card " + name + ", signed by " + card.get().country();
            NoteVerifier key = card.get().ledgerKey();
            boolean isPinned =
                    trust.ledgerKeys().stream().anyMatch(one -> one.name().equals(key.name()));
            if (!isPinned) {
                ledgers.add(new Ledger(key, source));
            }
            card.get().witnessKey().ifPresent(witness -> witnesses.add(new Witness(witness, source)));
        }
        return new LedgerKeys(ledgers, witnesses, leftOut);
    }

    /** The keys that a ledger may have. */
    public List<Ledger> of(String origin) {
        return ledgers.stream().filter(one -> one.key().name().equals(origin)).toList();
    }

    private static Optional<CardFacts> believed(Path file, TrustAnchors trust, Instant at) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".p7s");
        if (!Files.isRegularFile(beside)) {
            return Optional.empty();
        }
        byte[] xml = octets(file);
        Optional<CardFacts> card = CardFacts.read(xml);
        SignatureCheck signature = CadesVerifier.verifyDetached(octets(beside), xml);
        if (card.isEmpty() || !(signature instanceof SignatureCheck.Good good)) {
            return Optional.empty();
        }
        String country = card.get().country();
        PathJudge paths = new PathJudge(trust, good.others(), good.revocationLists(), at);
        boolean party = PathJudge.names(good.signer(), "urn:embassage:party:" + country);
        return switch (paths.judge(good.signer(), country).outcome()) {
            case GOOD, REVOCATION_UNKNOWN, NO_LONGER_VALID -> card.filter(read -> party);
            default -> Optional.empty();
        };
    }

    private static byte[] octets(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST);
        }
    }
}
