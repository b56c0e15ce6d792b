package org.embassage.gateway.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode.Actor;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.InboxState;

/** Says things in plain words. */
final class Words {

    private Words() {}

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String age(Instant since, Instant now) {
        long seconds = Math.max(0, Duration.between(since, now).toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }

    static String state(ExchangeState state) {
        return switch (state) {
            case SEALED -> "sealed, not yet known to be at the peer";
            case RELAYED -> "accepted by the peer, not yet handed over there";
            case HANDED_OVER -> "handed over by the peer";
            case REFUSED -> "refused by the peer";
            case RELAY_FAILED -> "given up: no evidence from the peer by the deadline";
            case HANDOVER_FAILED -> "the peer could not hand it over";
        };
    }

    static String state(InboxState state) {
        return switch (state) {
            case ACCEPTED -> "accepted, not yet handed over";
            case HANDING_OVER -> "being handed over";
            case HANDED_OVER -> "handed over";
            case HELD -> "held in quarantine for a person";
            case HANDOVER_FAILED -> "could not be handed over";
        };
    }

    static String actor(Actor actor) {
        return switch (actor) {
            case DOMESTIC -> "the owner of the domestic system";
            case US -> "the team of this gateway";
            case PEER -> "the peer's team";
            case NOBODY -> "nobody";
        };
    }

    /** Code, sentence, field or clause. */
    static String fault(Fault fault) {
        return fault.code().code() + " " + fault.code().name() + ": "
                + fault.code().sentence()
                + fault.field().map(field -> " Field: " + field + ".").orElse("")
                + fault.clause().map(clause -> " Clause: " + clause + ".").orElse("");
    }
}
