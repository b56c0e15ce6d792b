package org.embassage.gateway.evidence;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundleWriter;
import org.embassage.evidence.bundle.Completeness;
import org.embassage.evidence.bundle.Completeness.Scope;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.LedgerSlice;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.Entered;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.Stampbook.Anchor;
import org.embassage.gateway.timestamp.StampedEvidence;

/** Puts into one bundle what begins in one part of an answer: receipts, the stretch of the ledger, the statement. */
final class PartWriter {

    private final Register register;
    private final Ledgerbook ledgerbook;
    private final GatewayId self;
    private final OwnLedgers ledgers;
    private final StampedEvidence stamped;
    private final Function<StoredReceipt, byte[]> container;
    private final UnopenedRefusals unopened;

    /**
     * @param ledgers all epochs of our own
     * @param container a receipt as it leaves
     */
    PartWriter(
            Register register,
            Ledgerbook ledgerbook,
            GatewayId self,
            OwnLedgers ledgers,
            StampedEvidence stamped,
            Function<StoredReceipt, byte[]> container) {
        this.register = register;
        this.ledgerbook = ledgerbook;
        this.self = self;
        this.ledgers = ledgers;
        this.stamped = stamped;
        this.container = container;
        this.unopened = new UnopenedRefusals(register);
    }

    /** What was put into the bundle. */
    record Written(int exchanges, int receipts) {}

    /** Puts in all but what every part has: cards, agreements, authorities, lists, witnesses' material. */
    Written write(BundleWriter bundle, Selection selection, Part part, int number, int of) {
        return new Gathering(bundle, selection, part).write(number, of);
    }

    private final class Gathering {
        private final BundleWriter bundle;
        private final Selection selection;
        private final Part part;
        private final Set<ExchangeId> exchanges = new LinkedHashSet<>();
        private final Map<EvidenceId, Entered> loose = new LinkedHashMap<>();
        private final Set<ExchangeId> numbered = new HashSet<>();
        private final Set<EvidenceId> included = new HashSet<>();
        private final Map<Long, Anchor> anchors = new TreeMap<>();
        private final UsedNumbers numbers = new UsedNumbers(self);
        private final OwnLedgers.InEpoch epoch;
        /** What no checkpoint covers cannot be shown. */
        private final long shownTo;

        Gathering(BundleWriter bundle, Selection selection, Part part) {
            this.bundle = bundle;
            this.selection = selection;
            this.part = part;
            this.epoch = ledgers.at(part.from());
            this.shownTo = Math.min(part.to(), epoch.covered());
        }

        Written write(int number, int of) {
            selection.each(part.from(), part.to(), entry -> {
                if (selection.chosen(entry)) {
                    entry.exchange().ifPresentOrElse(exchanges::add, () -> loose.putIfAbsent(entry.receipt(), entry));
                }
            });
            exchanges.forEach(this::exchange);
            loose.keySet().forEach(id -> register.receipt(id).ifPresent(this::withPrevious));
            anchors.values()
                    .forEach(anchor ->
                            bundle.anchor(anchor.note(), anchor.token().octets()));
            if (selection.question().exchange().isEmpty() && shownTo > part.from()) {
                statement(number, of);
            }
            return new Written(exchanges.size(), included.size());
        }

        private void exchange(ExchangeId exchange) {
            List<StoredReceipt> receipts = register.receipts(exchange);
            receipts.forEach(this::add);
            boolean answered = receipts.stream().anyMatch(PartWriter::isAnswer);
            if (!answered) {
                register.exchange(exchange)
                        .flatMap(view -> unopened.of(view.outer()))
                        .ifPresent(this::add);
            }
        }

        /** A decision follows a refusal, a resumption a suspension: without the one the other cannot be judged. */
        private void withPrevious(StoredReceipt receipt) {
            add(receipt);
            Selection.evidence(receipt)
                    .flatMap(Evidence::previous)
                    .map(Previous::id)
                    .filter(id -> !included.contains(id))
                    .flatMap(register::receipt)
                    .filter(earlier -> earlier.exchange().isEmpty())
                    .ifPresent(this::withPrevious);
        }

        private void add(StoredReceipt receipt) {
            if (receipt.leafIndex() >= selection.horizon() || !included.add(receipt.id())) {
                return;
            }
            Optional<String> ours = ledgers.proof(receipt.leafIndex());
            byte[] leaving = container.apply(receipt);
            if (receipt.issued()) {
                bundle.receipt(leaving, ours);
            } else {
                bundle.receipt(leaving, receipt.proof());
                ours.ifPresent(proof -> bundle.receivedProof(receipt.id(), self, proof));
            }
            stamped.anchors(List.of(receipt)).stream()
                    .filter(anchor -> anchor.size() <= ledgers.size())
                    .forEach(anchor -> anchors.put(anchor.size(), anchor));
            number(receipt);
        }

        private void number(Entered entry) {
            if (entry.leafIndex() < shownTo
                    && entry.sequence().isPresent()
                    && entry.peer().isPresent()) {
                entry.exchange().ifPresent(numbered::add);
                GatewayId peer = entry.peer().get();
                numbers.add(
                        entry.sent() ? self : peer,
                        entry.sent() ? peer : self,
                        entry.sequence().get());
            }
        }

        /** Of a message that was refused the store does not tell the number. */
        private void number(StoredReceipt receipt) {
            boolean entered = receipt.leafIndex() >= part.from() && receipt.leafIndex() < shownTo;
            if (!entered || !receipt.exchange().map(numbered::add).orElse(false)) {
                return; // all receipts of an exchange state the same number
            }
            Selection.evidence(receipt).ifPresent(evidence -> {
                if (evidence.subject() instanceof Subject.OfExchange of) {
                    evidence.recipient()
                            .ifPresent(recipient -> numbers.add(evidence.sender(), recipient, of.sequence()));
                }
            });
        }

        private void statement(int number, int of) {
            LedgerSlice slice = LedgerSlice.of(
                    epoch.ledger().origin(),
                    epoch.ledger().tree(),
                    part.from() - epoch.first(),
                    shownTo - epoch.first(),
                    epoch.newest().orElseThrow().size(),
                    new SliceEntries(
                            epoch.book(), register, part.from() - epoch.first(), shownTo - epoch.first(), this::shown));
            bundle.slice(slice);
            Question question = selection.question();
            Completeness.Builder statement =
                    Completeness.about(slice).scope(question.scope()).part(number, of);
            question.from().ifPresent(statement::since);
            question.until().ifPresent(statement::until);
            numbers.state(statement, register);
            bundle.completeness(statement.build());
        }

        private boolean shown(LedgerLeaf leaf, Optional<Entered> receipt) {
            boolean all = selection.question().scope() instanceof Scope.All;
            if (receipt.isPresent()) {
                Entered entry = receipt.get();
                return all
                        || included.contains(entry.receipt())
                        || !Selection.begins(entry) && selection.matches(entry);
            }
            return other(leaf.text().split("\n", -1)) || all;
        }

        /** Beginnings of epochs, the agreement that is asked for, and numbers that are void between the gateways. */
        private boolean other(String[] leaf) {
            Question question = selection.question();
            switch (leaf[1]) {
                case "void" -> {
                    GatewayId sender = new GatewayId(leaf[2]);
                    GatewayId recipient = new GatewayId(leaf[3]);
                    boolean ours = sender.equals(self);
                    boolean asked =
                            question.side() == Question.Side.BOTH || ours == (question.side() == Question.Side.SENT);
                    if (asked
                            && question.peer()
                                    .map((ours ? recipient : sender)::equals)
                                    .orElse(true)) {
                        for (long n = Long.parseLong(leaf[4]); n <= Long.parseLong(leaf[5]); n++) {
                            numbers.add(sender, recipient, n);
                        }
                        return true;
                    }
                    return false;
                }
                case "agreement" -> {
                    return question.agreement().map(leaf[2]::equals).orElse(false);
                }
                default -> {
                    return leaf[1].equals("epoch");
                }
            }
        }
    }

    private static boolean isAnswer(StoredReceipt receipt) {
        return switch (receipt.event()) {
            case RELAY_ACCEPTANCE, RELAY_REJECTION, CONTENT_HANDOVER, CONTENT_HANDOVER_FAILURE -> true;
            default -> false;
        };
    }
}
