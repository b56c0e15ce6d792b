package org.embassage.scenarios.chaos;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.embassage.scenarios.chaos.Disturbance.Door;
import org.embassage.scenarios.chaos.Disturbance.Kind;

/** Which disturbances there will be: a function of the seed, the number of rounds and the kinds, and of nothing else. */
final class Plan {

    /** Where a process may be ended. The states page names the same places. */
    static final List<String> POINTS = List.of(
            "Intake.take.before",
            "commit.DropOpened.before",
            "commit.DropOpened.after",
            "Journal.reserveSequence.after",
            "commit.ExchangeOpened.before",
            "commit.ExchangeOpened.after",
            "DropDesk.report.before",
            "DropDesk.report.after",
            "DropDesk.shelve.before",
            "DropDesk.shelve.after",
            "DropDesk.giveReceipt.after",
            "commit.DropClosed.before",
            "commit.DropClosed.after",
            "Journal.lease.after",
            "Carrier.carry.JMS.before",
            "Carrier.carry.JMS.after",
            "Carrier.carry.SFTP.before",
            "Carrier.carry.SFTP.after",
            "commit.OutboxAttempted.before",
            "commit.OutboxAttempted.after",
            "Reception.accept.before",
            "Reception.accept.after",
            "commit.InboxPut.before",
            "commit.InboxPut.after",
            "DomesticSystem.stage.before",
            "DomesticSystem.stage.after",
            "commit.InboxMoved.HANDING_OVER.before",
            "commit.InboxMoved.HANDING_OVER.after",
            "DomesticSystem.publish.before",
            "DomesticSystem.publish.after",
            "commit.InboxMoved.HANDED_OVER.before",
            "commit.InboxMoved.HANDED_OVER.after",
            "commit.ReceiptKept.before",
            "commit.ReceiptKept.after",
            "commit.ExchangeMoved.RELAYED.before",
            "commit.ExchangeMoved.HANDED_OVER.before",
            "commit.ExchangeMoved.HANDED_OVER.after",
            "commit.MessageEnded.after",
            "commit.ProofKept.before",
            "commit.ProofKept.after",
            "commit.CheckpointSigned.before",
            "commit.CheckpointSigned.after",
            "commit.PeerNoteHeld.before",
            "commit.PeerNoteHeld.after");

    private final List<Disturbance> disturbances;

    private Plan(List<Disturbance> disturbances) {
        this.disturbances = List.copyOf(disturbances);
    }

    static Set<Kind> everything() {
        return EnumSet.allOf(Kind.class);
    }

    /** @param kinds not empty */
    static Plan of(long seed, int rounds, Set<Kind> kinds) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Disturbance> plan = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            plan.add(one(round, random.split(), kinds));
        }
        return new Plan(plan);
    }

    private static Disturbance one(int round, SplittableRandom random, Set<Kind> kinds) {
        Kind kind = pick(random, kinds);
        int gateway = random.nextInt(2);
        Door door = random.nextBoolean() ? Door.JMS : Door.SFTP;
        String point = POINTS.get(random.nextInt(POINTS.size()));
        int nth = 1 + random.nextInt(3);
        int before = random.nextInt(900);
        int lasts = 200 + random.nextInt(1800);
        boolean awaitUp = random.nextInt(10) < 6;
        boolean isLong = switch (kind) {
            case KILL, CRASH_POINT, POWER_CUT, RESTART, RESET, FORGERY -> false;
            default -> true;
        };
        return new Disturbance(round, kind, gateway, door, point, nth, before, isLong ? lasts : 0, awaitUp);
    }

    private static Kind pick(SplittableRandom random, Set<Kind> kinds) {
        int all = kinds.stream().mapToInt(kind -> kind.weight).sum();
        int at = random.nextInt(all);
        Kind last = Kind.KILL;
        for (Kind kind : Kind.values()) {
            if (kinds.contains(kind)) {
                last = kind;
                at -= kind.weight;
                if (at < 0) {
                    return kind;
                }
            }
        }
        return last;
    }

    List<Disturbance> disturbances() {
        return disturbances;
    }

    /** One line for each disturbance. */
    List<String> lines(List<String> gateways) {
        return disturbances.stream()
                .map(one -> one.what(gateways.get(one.gateway())))
                .toList();
    }
}
