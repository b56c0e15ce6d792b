package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
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
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.evidence.ledger.ProofSlip;
import org.embassage.evidence.ledger.TlogProof;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.agreement.Agreement;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.KnownReceipt;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.ledger.LedgerPost;
import org.embassage.exchange.ledger.LedgerTree;
import org.embassage.exchange.ledger.OwnHistory;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
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
    /** How many of our newest checkpoints a receipt may name that is not covered yet. */
    private static final int NAMED = 2;

    private static final int SLIP = 512;
    private static final String DESCRIBED = "FEED_DESCRIBED";
    private static final Set<EvidenceEvent> TOLD = EnumSet.of(
            EvidenceEvent.SUBMISSION_ACCEPTANCE,
            EvidenceEvent.RELAY_ACCEPTANCE,
            EvidenceEvent.RELAY_REJECTION,
            EvidenceEvent.RELAY_FAILURE,
            EvidenceEvent.CONTENT_HANDOVER,
            EvidenceEvent.CONTENT_HANDOVER_FAILURE,
            EvidenceEvent.QUARANTINE_DECISION,
            EvidenceEvent.TRAFFIC_SUSPENDED,
            EvidenceEvent.TRAFFIC_RESUMED,
            EvidenceEvent.CONTENT_ERASURE);

    private final NoteSigner signer;
    private final OwnHistory history;
    private final LedgerPost post;
    private final PeerDirectory peers;
    private final AgreementBook book;
    private final Journal journal;
    private final Register register;
    private final Ledgerbook ledgerbook;
    private final LedgerHeads heads;
    private final Uuids ids;
    private final Clock clock;
    private final LedgerTree tree;
    /** Our newest checkpoints, newest first: receipts that are covered next name one of them as their own. */
    private final Deque<HeldNote> recent = new ArrayDeque<>();
    /** The newest size that each peer was sent. */
    private final Map<GatewayId, Long> sent = new HashMap<>();

    public KeepLedger(
            Witnessing witnessing,
            PeerDirectory peers,
            AgreementBook book,
            Journal journal,
            Register register,
            Ledgerbook ledgerbook,
            Uuids ids,
            Clock clock) {
        this.signer = witnessing.signer();
        this.history = witnessing.history();
        this.post = witnessing.post();
        this.tree = witnessing.tree();
        this.heads = witnessing.heads();
        this.peers = peers;
        this.book = book;
        this.journal = journal;
        this.register = register;
        this.ledgerbook = ledgerbook;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * To be called before anything else is done: begins the ledger if it is new, enters agreements that are not in it, and
     * compares it with the newest checkpoint that was ever signed over it.
     *
     * @param feeds whose description is entered as an act whenever it is another than before, so that the lineage of every
     *     translated value can be told later
     * @param heldElsewhere notes of ours that neutral witnesses hold
     * @throws Broken LEDGER_DAMAGED if the stored leaves do not give the root that was signed; LEDGER_ROLLED_BACK if they do
     *     not continue a note of ours that somebody else holds
     */
    public void start(Collection<Feed> feeds, Collection<String> heldElsewhere) {
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
        history.mustContinue(ledgerbook.shownNotes());
        heldElsewhere.forEach(history::mustContinue);
        recent.addAll(ledgerbook.checkpoints(NAMED));
        if (!missing.isEmpty()) {
            journal.commit(new StepOutcome(
                    missing.stream().<Fact>map(Fact.LeafAppended::new).toList()));
        }
        run();
    }

    private void compare(HeldNote newest) {
        boolean same = Checkpoint.verified(newest.note(), signer.verifier())
                .map(tree::continues)
                .orElse(false);
        if (!same) {
            throw new Broken(FaultCode.LEDGER_DAMAGED);
        }
    }

    /** Appends what was committed since; returns the agreement leaves among it, and the newest description of each feed. */
    private Set<String> grow(Map<FeedId, String> described) {
        Set<String> agreements = new HashSet<>();
        tree.grow(text -> {
            if (text.startsWith("embassage-leaf/v1\nagreement\n")) {
                agreements.add(text);
            }
            describedBy(text)
                    .ifPresent(
                            subject -> described.put(new FeedId(subject.substring(0, subject.indexOf(' '))), subject));
        });
        return agreements;
    }

    private static Optional<String> describedBy(String leaf) {
        String[] lines = leaf.split("\n", -1);
        boolean described = lines.length == 7 && lines[1].equals("act") && lines[3].equals(DESCRIBED);
        return described ? Optional.of(lines[5]) : Optional.empty();
    }

    @Override
    public boolean run() {
        tree.grow();
        long before = heads.own().map(HeldNote::size).orElse(0L);
        long size = tree.size();
        if (size == before) {
            return false;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        HeldNote own = new HeldNote(size, now, signer.sign(tree.checkpoint(size).text()), true);
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact.CheckpointSigned(ledgerbook.first() + size, now, own.note()));
        Set<GatewayId> told = new HashSet<>();
        for (Peer peer : peers.all()) {
            List<Fact> news = forPeer(peer, before, own, now);
            facts.addAll(news);
            if (!news.isEmpty()) {
                told.add(peer.id());
            }
        }
        journal.commit(new StepOutcome(facts));
        heads.signed(own);
        told.forEach(peer -> sent.put(peer, size));
        recent.addFirst(own);
        while (recent.size() > NAMED) {
            recent.removeLast();
        }
        LOG.info("event=CheckpointSigned size={}", size);
        return false;
    }

    /** Notes for every peer with which something happened, and the proofs of what we issued to it. */
    private List<Fact> forPeer(Peer peer, long from, HeldNote own, Instant now) {
        List<Fact> proofs = new ArrayList<>();
        boolean issued = false;
        long first = ledgerbook.first();
        long next = first + from;
        boolean more = true;
        while (more) {
            List<KnownReceipt> page = register.issuedFor(peer.id(), next, first + own.size(), SLIP);
            more = page.size() == SLIP;
            if (page.isEmpty()) {
                break;
            }
            issued = true;
            next = page.get(page.size() - 1).leafIndex() + 1;
            Map<EvidenceId, TlogProof> slip = new LinkedHashMap<>();
            for (KnownReceipt receipt : page) {
                if (TOLD.contains(receipt.event())) {
                    slip.put(
                            receipt.id(),
                            new TlogProof(
                                    receipt.leafIndex() - first,
                                    tree.inclusionProof(receipt.leafIndex() - first, own.size()),
                                    own.note()));
                }
            }
            if (!slip.isEmpty()) {
                proofs.add(post.put(peer, ItemKind.PROOF, new ProofSlip(own.note(), slip).octets(), now));
            }
        }
        if (!heads.takeTouched(peer.id()) && !issued) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>(notes(peer, own, now));
        facts.addAll(proofs);
        return facts;
    }

    /**
     * Our checkpoint with the proof from what the peer was sent before; if it holds something else it will ask. Between the
     * two come checkpoints that receipts to this peer may name as their issuer's own, so that the peer can prove them all to
     * continue each other.
     */
    private List<Fact> notes(Peer peer, HeldNote own, Instant now) {
        long known = Math.min(Math.max(sent.getOrDefault(peer.id(), 0L), heads.holds(peer.id())), own.size());
        List<HeldNote> chain = new ArrayList<>(recent);
        Collections.reverse(chain);
        chain.add(own);
        return post.notes(peer, known, chain, now);
    }
}
