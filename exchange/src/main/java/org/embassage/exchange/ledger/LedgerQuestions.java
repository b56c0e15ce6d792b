package org.embassage.exchange.ledger;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.ChallengeOpening;
import org.embassage.evidence.ledger.LedgerChallenge;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.wire.ItemKind;
import org.jspecify.annotations.Nullable;

/**
 * The challenges that are open. Each peer has one at most, the newest; those of before a restart are forgotten, and answers
 * to them judge nobody. Thread-safe.
 */
public final class LedgerQuestions {

    /** A peer is not asked more often, whatever it sends. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final LedgerHeads heads;
    private final LedgerPost post;
    private final SecureRandom random;
    private final Map<GatewayId, Open> open = new ConcurrentHashMap<>();
    private final Map<GatewayId, Instant> asked = new ConcurrentHashMap<>();
    private final Map<GatewayId, Instant> heard = new ConcurrentHashMap<>();
    /** When each peer was first challenged since it last answered. */
    private final Map<GatewayId, Instant> silent = new ConcurrentHashMap<>();
    /** The greatest size that each peer stated without a proof from what we hold. */
    private final Map<GatewayId, Long> unproven = new ConcurrentHashMap<>();

    public LedgerQuestions(LedgerHeads heads, LedgerPost post, SecureRandom random) {
        this.heads = heads;
        this.post = post;
        this.random = random;
    }

    /**
     * @param opening of its nonce
     * @param held the peer's newest checkpoint that we held when we asked
     */
    public record Open(LedgerChallenge challenge, ChallengeOpening opening, Optional<HeldNote> held) {}

    /** A fresh challenge, ready to go out; it replaces the one before. Nothing if the peer was asked a moment ago. */
    public synchronized Optional<Fact> ask(Peer peer, Instant now) {
        return ask(peer, heads.peer(peer.id()), now);
    }

    /** The same about another checkpoint of the peer's than the newest that we hold. @param held what it must continue */
    public synchronized Optional<Fact> ask(Peer peer, Optional<HeldNote> held, Instant now) {
        Optional<NoteVerifier> ledger = NoteVerifier.parse(peer.ledgerKey());
        if (ledger.isEmpty() || !since(asked.get(peer.id()), now, PAUSE)) {
            return Optional.empty();
        }
        ChallengeOpening opening = ChallengeOpening.fresh(held.map(HeldNote::note), random);
        LedgerChallenge challenge = new LedgerChallenge(
                ledger.get().name(), opening.nonce(), held.map(HeldNote::size).orElse(0L));
        open.put(peer.id(), new Open(challenge, opening, held));
        asked.put(peer.id(), now);
        silent.putIfAbsent(peer.id(), now);
        return Optional.of(post.put(peer, ItemKind.LEDGER_CHALLENGE, challenge.octets(), now));
    }

    /** The open challenge of this nonce, which is then closed. */
    public synchronized Optional<Open> close(GatewayId peer, String nonce) {
        Optional<Open> found = Optional.ofNullable(open.get(peer))
                .filter(question -> question.challenge().nonce().equals(nonce));
        found.ifPresent(question -> {
            open.remove(peer);
            silent.remove(peer);
        });
        return found;
    }

    /** Since when the peer was challenged, once or often, and answered none of it; nothing if it answered the newest. */
    public Optional<Instant> silentSince(GatewayId peer) {
        return Optional.ofNullable(silent.get(peer));
    }

    /** The peer's ledger was heard of: a checkpoint that we hold, or a good answer. */
    public void heard(GatewayId peer, Instant now) {
        heard.put(peer, now);
    }

    /** The peer stated a size without a proof from what we hold: it is asked again until that size is held. */
    public void unproven(GatewayId peer, long size) {
        unproven.merge(peer, size, Math::max);
    }

    /** The peer's checkpoint of this size is held, with its proof. */
    public void held(GatewayId peer, long size) {
        unproven.computeIfPresent(peer, (same, wanted) -> wanted > size ? wanted : null);
    }

    /** Whether the peer stated a size that is not held, and may be asked for its proof again. */
    public boolean wanting(GatewayId peer, Instant now) {
        return unproven.containsKey(peer) && since(asked.get(peer), now, PAUSE);
    }

    /** Whether the peer was neither heard nor asked for so long; it was neither before its first time since we started. */
    public boolean quiet(GatewayId peer, Instant now, Duration idle) {
        return since(asked.get(peer), now, idle) && (asked.get(peer) == null || since(heard.get(peer), now, idle));
    }

    /** A time that is still to come is of a clock that was set back since, and nobody shall wait for it. */
    static boolean since(@Nullable Instant last, Instant now, Duration idle) {
        return last == null || now.isBefore(last) || !now.isBefore(last.plus(idle));
    }
}
