package org.embassage.exchange.receive;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.KnownReceipt;

/**
 * What one peer has said before: in the receipts that are kept, and in the bundle that is being judged. It says each event
 * once of an exchange, in one receipt, and of two that exclude each other one; its acts it may repeat. What came first stands.
 */
final class PeersWord {

    private final GatewayId peer;
    private final Register register;
    private final List<Word> brought = new ArrayList<>();

    PeersWord(GatewayId peer, Register register) {
        this.peer = peer;
        this.register = register;
    }

    /** How a receipt stands to what was said before. */
    enum Before {
        /** It can be kept. */
        NOTHING,
        /** We hold exactly this receipt. */
        THIS,
        /** The peer said this of the exchange in another receipt, or what excludes it, or the id is that of another receipt. */
        ANOTHER
    }

    /** Identity of a receipt is all three. */
    private record Identity(EvidenceId id, Digest manifest, Digest signature) {}

    private record Word(Optional<ExchangeId> exchange, EvidenceEvent event, GatewayId issuer, Identity identity) {}

    /**
     * Compares a receipt of the peer with what was said before.
     *
     * @param exchange that it is about, also if it names none
     */
    Before before(Optional<ExchangeId> exchange, Receipt receipt) {
        Identity identity = identity(receipt);
        List<Word> said = new ArrayList<>(brought);
        register.known(List.of(receipt.id())).forEach(known -> said.add(word(known)));
        if (said.stream().anyMatch(word -> word.identity().equals(identity))) {
            return Before.THIS;
        }
        exchange.ifPresent(about -> register.known(about).forEach(known -> said.add(word(known))));
        Set<EvidenceEvent> excluded = excluded(receipt.evidence().event());
        boolean another = said.stream()
                .anyMatch(word -> word.identity().id().equals(identity.id())
                        || exchange.isPresent()
                                && word.exchange().equals(exchange)
                                && word.issuer().equals(peer)
                                && excluded.contains(word.event()));
        return another ? Before.ANOTHER : Before.NOTHING;
    }

    /** From now on the peer has said it. */
    void said(Optional<ExchangeId> exchange, Receipt receipt) {
        brought.add(new Word(exchange, receipt.evidence().event(), peer, identity(receipt)));
    }

    private static Identity identity(Receipt receipt) {
        return new Identity(receipt.id(), receipt.manifest(), receipt.signature());
    }

    private static Word word(KnownReceipt known) {
        return new Word(
                known.exchange(),
                known.event(),
                known.issuer(),
                new Identity(known.id(), known.manifest(), known.signature()));
    }

    /** What the same gateway cannot have said of the same exchange too. */
    private static Set<EvidenceEvent> excluded(EvidenceEvent event) {
        return switch (event) {
            case RELAY_ACCEPTANCE -> EnumSet.of(event, EvidenceEvent.RELAY_REJECTION);
            case RELAY_REJECTION ->
                EnumSet.of(
                        event,
                        EvidenceEvent.RELAY_ACCEPTANCE,
                        EvidenceEvent.CONTENT_HANDOVER,
                        EvidenceEvent.CONTENT_HANDOVER_FAILURE);
            case CONTENT_HANDOVER, CONTENT_HANDOVER_FAILURE ->
                EnumSet.of(
                        EvidenceEvent.CONTENT_HANDOVER,
                        EvidenceEvent.CONTENT_HANDOVER_FAILURE,
                        EvidenceEvent.RELAY_REJECTION);
            case SUBMISSION_ACCEPTANCE, RELAY_FAILURE -> EnumSet.of(event);
            case SUBMISSION_REJECTION, QUARANTINE_DECISION, TRAFFIC_SUSPENDED, TRAFFIC_RESUMED, CONTENT_ERASURE ->
                EnumSet.noneOf(EvidenceEvent.class);
        };
    }
}
