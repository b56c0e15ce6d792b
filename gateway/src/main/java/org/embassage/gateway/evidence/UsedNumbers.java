package org.embassage.gateway.evidence;

import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.Completeness;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.exchange.journal.Register;

/** The sequence numbers of which a bundle tells, by direction, and what became of those between them. */
final class UsedNumbers {

    private final GatewayId self;
    private final SortedMap<GatewayId, SortedSet<Long>> sent = new TreeMap<>();
    private final SortedMap<GatewayId, SortedSet<Long>> received = new TreeMap<>();

    UsedNumbers(GatewayId self) {
        this.self = self;
    }

    /** A number that a receipt in the bundle or an entry that it shows tells of. */
    void add(GatewayId sender, GatewayId recipient, long number) {
        boolean ours = sender.equals(self);
        (ours ? sent : received)
                .computeIfAbsent(ours ? recipient : sender, peer -> new TreeSet<>())
                .add(number);
    }

    /** States each direction from its first to its last number. What is known elsewhere is named so, the rest is a hole. */
    void state(Completeness.Builder statement, Register register) {
        sent.forEach((peer, numbers) -> {
            statement.pair(self, peer, numbers.first(), numbers.last());
            Set<Long> known = new HashSet<>(register.sequences(peer, true, numbers.first(), numbers.last()));
            each(numbers, known, n -> statement.elsewhere(self, peer, n), n -> statement.hole(self, peer, n));
        });
        received.forEach((peer, numbers) -> {
            statement.pair(peer, self, numbers.first(), numbers.last());
            Set<Long> known = new HashSet<>(register.sequences(peer, false, numbers.first(), numbers.last()));
            if (known.size() < numbers.last() - numbers.first() + 1) {
                known.addAll(inReceipts(register, peer));
            }
            each(numbers, known, n -> statement.elsewhere(peer, self, n), n -> statement.hole(peer, self, n));
        });
    }

    /** Messages of a peer that were refused, could not be opened or never came: their number stands in receipts alone. */
    private static Set<Long> inReceipts(Register register, GatewayId peer) {
        Set<Long> found = new HashSet<>();
        for (EvidenceId id : register.numberedByReceiptAlone(peer)) {
            register.receipt(id)
                    .flatMap(Selection::evidence)
                    .map(Evidence::subject)
                    .ifPresent(subject -> {
                        if (subject instanceof Subject.OfExchange of) {
                            found.add(of.sequence());
                        }
                    });
        }
        return found;
    }

    private static void each(SortedSet<Long> told, Set<Long> known, LongConsumer elsewhere, LongConsumer hole) {
        for (long number = told.first(); number <= told.last(); number++) {
            if (!told.contains(number)) {
                (known.contains(number) ? elsewhere : hole).accept(number);
            }
        }
    }
}
