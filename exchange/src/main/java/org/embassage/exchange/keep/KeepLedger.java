package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.LedgerNote;
import org.embassage.evidence.ledger.MerkleHash;
import org.embassage.evidence.ledger.MerkleTree;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.evidence.ledger.ProofSlip;
import org.embassage.evidence.ledger.TlogProof;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.agreement.Agreement;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.wire.ItemKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs checkpoints over the committed ledger and sends every peer the proofs that cover the receipts issued to it, with a
 * note and its proof of consistency. Checkpoint and proofs are one commit. One instance for each ledger; not thread-safe.
 */
public final class KeepLedger implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(KeepLedger.class);
    private static final int PAGE = 4096;
    private static final int SLIP = 512;
    private static final String DESCRIBED = "FEED_DESCRIBED";
    private static final Set<EvidenceEvent> TOLD = EnumSet.of(
            EvidenceEvent.RELAY_ACCEPTANCE,
            EvidenceEvent.RELAY_REJECTION,
            EvidenceEvent.CONTENT_HANDOVER,
            EvidenceEvent.CONTENT_HANDOVER_FAILURE,
            EvidenceEvent.QUARANTINE_DECISION,
            EvidenceEvent.TRAFFIC_SUSPENDED,
            EvidenceEvent.TRAFFIC_RESUMED,
            EvidenceEvent.CONTENT_ERASURE);

    private final NoteSigner signer;
    private final PeerDirectory peers;
    private final AgreementBook book;
    private final Journal journal;
    private final Register register;
    private final Ledgerbook ledgerbook;
    private final LedgerHeads heads;
    private final Uuids ids;
    private final Clock clock;
    private final MerkleTree tree = new MerkleTree();

    /** @param signer under the ledger's origin, {@code <gateway-id>/receipts/<epoch>} */
    public KeepLedger(
            NoteSigner signer,
            PeerDirectory peers,
            AgreementBook book,
            Journal journal,
            Register register,
            Ledgerbook ledgerbook,
            LedgerHeads heads,
            Uuids ids,
            Clock clock) {
        this.signer = signer;
        this.peers = peers;
        this.book = book;
        this.journal = journal;
        this.register = register;
        this.ledgerbook = ledgerbook;
        this.heads = heads;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * To be called before anything else is done: begins the ledger if it is new, enters agreements that are not in it, and
     * compares it with the newest checkpoint that was ever signed over it.
     *
     * @param feeds whose description is entered as an act whenever it is another than before, so that the lineage of every
     *     translated value can be told later
     * @throws Broken LEDGER_DAMAGED if the stored leaves do not give the root that was signed
     */
    public void start(Collection<Feed> feeds) {
        List<LedgerLeaf> missing = new ArrayList<>();
        if (ledgerbook.size() == 0) {
            missing.add(LedgerLeaf.epoch(signer.verifier().name(), "-"));
        }
        Map<FeedId, String> described = new HashMap<>();
        Set<String> entered = grow(described);
        for (Agreement agreement : book.all()) {
            LedgerLeaf leaf = LedgerLeaf.agreement(
                    agreement.ref().id(),
                    agreement.ref().version(),
                    agreement.ref().digest());
            if (!entered.contains(leaf.text())) {
                missing.add(leaf);
            }
        }
        for (Feed feed : feeds) {
            feed.description()
                    .map(digest -> feed.id() + " sha256:" + digest.hex())
                    .filter(subject -> !subject.equals(described.get(feed.id())))
                    .ifPresent(subject ->
                            missing.add(LedgerLeaf.act(ids.nextEvidenceId(), DESCRIBED, "gateway", subject)));
        }
        heads.own().ifPresent(this::compare);
        if (!missing.isEmpty()) {
            journal.commit(new StepOutcome(
                    missing.stream().<Fact>map(Fact.LeafAppended::new).toList()));
        }
        run();
    }

    private void compare(HeldNote newest) {
        boolean same = Checkpoint.verified(newest.note(), signer.verifier())
                .map(checkpoint -> checkpoint.size() <= tree.size()
                        && tree.root(checkpoint.size()).equals(checkpoint.root()))
                .orElse(false);
        if (!same) {
            throw new Broken(FaultCode.LEDGER_DAMAGED);
        }
    }

    /** Appends what was committed since; returns the agreement leaves among it, and the newest description of each feed. */
    private Set<String> grow(Map<FeedId, String> described) {
        Set<String> agreements = new HashSet<>();
        List<String> page = ledgerbook.leaves(tree.size(), PAGE);
        while (!page.isEmpty()) {
            for (String text : page) {
                LedgerLeaf leaf = new LedgerLeaf(text);
                tree.append(MerkleHash.leaf(leaf.octets()));
                if (text.startsWith("embassage-leaf/v1\nagreement\n")) {
                    agreements.add(text);
                }
                describedBy(text)
                        .ifPresent(subject ->
                                described.put(new FeedId(subject.substring(0, subject.indexOf(' '))), subject));
            }
            page = ledgerbook.leaves(tree.size(), PAGE);
        }
        return agreements;
    }

    private static Optional<String> describedBy(String leaf) {
        String[] lines = leaf.split("\n", -1);
        boolean described = lines.length == 7 && lines[1].equals("act") && lines[3].equals(DESCRIBED);
        return described ? Optional.of(lines[5]) : Optional.empty();
    }

    @Override
    public boolean run() {
        growByHashes();
        long before = heads.own().map(HeldNote::size).orElse(0L);
        if (tree.size() == before) {
            return false;
        }
        long size = tree.size();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String note = signer.sign(new Checkpoint(signer.verifier().name(), size, tree.root(size)).text());
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact.CheckpointSigned(size, now, note));
        for (Peer peer : peers.all()) {
            facts.addAll(forPeer(peer, before, size, note, now));
        }
        journal.commit(new StepOutcome(facts));
        heads.signed(new HeldNote(size, now, note, true));
        LOG.info("event=CheckpointSigned size={}", size);
        return false;
    }

    private void growByHashes() {
        List<byte[]> page = ledgerbook.leafHashes(tree.size(), PAGE);
        while (!page.isEmpty()) {
            page.forEach(tree::append);
            page = ledgerbook.leafHashes(tree.size(), PAGE);
        }
    }

    /** A note for every peer with which something happened, and the proofs of what we issued to it. */
    private List<Fact> forPeer(Peer peer, long from, long to, String note, Instant now) {
        List<Fact> facts = new ArrayList<>();
        long next = from;
        boolean more = true;
        while (more) {
            List<StoredReceipt> page = register.issuedFor(peer.id(), next, to, SLIP);
            more = page.size() == SLIP;
            if (page.isEmpty()) {
                break;
            }
            next = page.get(page.size() - 1).leafIndex() + 1;
            Map<EvidenceId, TlogProof> proofs = new LinkedHashMap<>();
            for (StoredReceipt receipt : page) {
                if (TOLD.contains(receipt.event())) {
                    proofs.put(
                            receipt.id(),
                            new TlogProof(receipt.leafIndex(), tree.inclusionProof(receipt.leafIndex(), to), note));
                }
            }
            if (facts.isEmpty()) {
                facts.add(put(
                        peer,
                        ItemKind.LEDGER_NOTE,
                        ledgerNote(peer.id(), to, note).octets(),
                        now));
            }
            if (!proofs.isEmpty()) {
                facts.add(put(peer, ItemKind.PROOF, new ProofSlip(note, proofs).octets(), now));
            }
        }
        return facts;
    }

    /** With the proof from what the peer is thought to hold; if it holds something else, it will say so. */
    private LedgerNote ledgerNote(GatewayId peer, long size, String note) {
        long holds = heads.peer(peer).map(HeldNote::size).orElse(0L);
        long from = Math.min(heads.holds(peer), size);
        return new LedgerNote(holds, from, from == 0 ? List.of() : tree.consistencyProof(from, size), note);
    }

    private Fact put(Peer peer, ItemKind kind, byte[] octets, Instant now) {
        return new Fact.OutboxPut(new OutboxEntry(
                ids.next().toString(),
                peer.id(),
                kind,
                peer.jms().isPresent() ? Transport.JMS : Transport.SFTP,
                Priority.ROUTINE,
                Optional.empty(),
                Optional.empty(),
                0,
                now,
                now,
                new Content(octets)));
    }
}
