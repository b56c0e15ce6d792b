package org.embassage.exchange.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.exchange.journal.Register;

/**
 * Which numbers of a peer's sequence are missing: a later one came a while ago, and of this one there is no message, no refusal,
 * no RelayFailure and no void notice. The order of arrival is free, so a number is missed only after some time. Reads only;
 * thread-safe if its register is.
 */
public final class SequenceGaps {

    /** For so long a number may be overtaken: by failover, by priority, by a retry. */
    public static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Older numbers than so many are not looked at. */
    private static final long WINDOW = 10_000;

    private final Register register;

    public SequenceGaps(Register register) {
        this.register = register;
    }

    /** @param exchange known if the peer's SubmissionAcceptance came and its message did not */
    public record Gap(GatewayId peer, long number, Optional<ExchangeId> exchange) {}

    /** The lowest number first. */
    public List<Gap> of(GatewayId peer, Instant now) {
        long greatest = register.greatestArrived(peer, now.minus(PATIENCE));
        long first = Math.max(1, greatest - WINDOW + 1);
        SortedMap<Long, Optional<ExchangeId>> missing = new TreeMap<>();
        for (long number = first; number <= greatest; number++) {
            missing.put(number, Optional.empty());
        }
        register.sequences(peer, false, first, greatest).forEach(missing::remove);
        if (!missing.isEmpty()) {
            register.numberedByReceiptAlone(peer).forEach(receipt -> ended(peer, receipt, missing));
        }
        List<Gap> gaps = new ArrayList<>();
        missing.forEach((number, exchange) -> gaps.add(new Gap(peer, number, exchange)));
        return gaps;
    }

    private void ended(GatewayId peer, EvidenceId receipt, SortedMap<Long, Optional<ExchangeId>> missing) {
        Optional<Evidence> evidence = register.receipt(receipt)
                .flatMap(stored -> ReceiptReader.read(stored.container().octets())
                        .fold(
                                read -> Optional.of(read.receipt().evidence()),
                                unreadable -> Optional.<Evidence>empty()));
        if (evidence.isEmpty()
                || !evidence.get().sender().equals(peer)
                || !(evidence.get().subject() instanceof Subject.OfExchange of)
                || !missing.containsKey(of.sequence())) {
            return;
        }
        boolean failed = register.known(of.exchange()).stream()
                .anyMatch(known ->
                        known.event() == EvidenceEvent.RELAY_FAILURE || known.event() == EvidenceEvent.RELAY_REJECTION);
        boolean unopened = evidence.get()
                .digests()
                .filter(digests -> register.quarantined(
                                "message-" + digests.outer().hex().substring(0, 32))
                        .isPresent())
                .isPresent();
        if (failed || unopened) {
            missing.remove(of.sequence());
        } else {
            missing.put(of.sequence(), Optional.of(of.exchange()));
        }
    }
}
