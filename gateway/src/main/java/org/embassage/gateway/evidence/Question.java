package org.embassage.gateway.evidence;

import java.time.Instant;
import java.util.Optional;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.Completeness.Scope;

/**
 * What is asked of a gateway's evidence; every condition that is there must hold. An exchange falls into the period in which
 * this gateway entered it into its ledger: when it accepted the submission, or when it answered the peer's message. So what
 * falls into a period is one stretch of the ledger.
 *
 * @param exchange one exchange; then nothing else is asked
 * @param side whose exchanges
 * @param peer the other side
 * @param agreement its id, any version
 * @param kind of the exchanges' messages
 * @param state the name of an exchange's state as this gateway has it
 * @param from of the period, UTC, included
 * @param until of the period, excluded
 */
public record Question(
        Optional<ExchangeId> exchange,
        Side side,
        Optional<GatewayId> peer,
        Optional<String> agreement,
        Optional<String> kind,
        Optional<String> state,
        Optional<Instant> from,
        Optional<Instant> until) {

    /** Whose exchanges are asked for. */
    public enum Side {
        /** Those that this gateway sent, and submissions that it refused. */
        SENT("sent"),
        /** Those that peers sent, and messages of theirs that could not be opened. */
        RECEIVED("received"),
        /** All, and acts that concern a peer as a whole. */
        BOTH("sent and received");

        private final String words;

        Side(String words) {
            this.words = words;
        }
    }

    /** All that the gateway has. */
    public static Question all() {
        return new Question(
                Optional.empty(),
                Side.BOTH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** One exchange. */
    public static Question of(ExchangeId exchange) {
        Question all = all();
        return new Question(
                Optional.of(exchange), Side.BOTH, all.peer, all.agreement, all.kind, all.state, all.from, all.until);
    }

    /** Whether what is no exchange is asked for too: refused submissions, unopened messages, acts. */
    boolean asksForActs() {
        return exchange.isEmpty() && kind.isEmpty() && state.isEmpty();
    }

    /** As a statement of completeness names it. */
    Scope scope() {
        boolean narrow = kind.isPresent() || state.isPresent() || side != Side.BOTH;
        if (narrow || peer.isPresent() && agreement.isPresent()) {
            return new Scope.Query();
        }
        if (peer.isPresent()) {
            return new Scope.Peer(peer.get());
        }
        return agreement.isPresent() ? new Scope.Agreement(agreement.get()) : new Scope.All();
    }

    /** In words, printable ASCII, as the bundle says what was asked. */
    public String text() {
        if (exchange.isPresent()) {
            return "exchange " + exchange.get();
        }
        StringBuilder text = new StringBuilder("all exchanges ").append(side.words);
        if (side == Side.BOTH && asksForActs()) {
            text.append(" and all acts");
        }
        String with = switch (side) {
            case SENT -> " to ";
            case RECEIVED -> " from ";
            case BOTH -> " with ";
        };
        peer.ifPresent(other -> text.append(with).append(other));
        agreement.ifPresent(id -> text.append(" under agreement ").append(id));
        kind.ifPresent(word -> text.append(" of kind ").append(word));
        state.ifPresent(word -> text.append(" in state ").append(word));
        from.ifPresent(time -> text.append(" since ").append(time));
        until.ifPresent(time -> text.append(" until ").append(time));
        return text.toString();
    }
}
