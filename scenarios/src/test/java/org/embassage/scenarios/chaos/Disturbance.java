package org.embassage.scenarios.chaos;

import java.util.Locale;

/**
 * One thing that goes wrong.
 *
 * @param round from 1
 * @param kind what
 * @param gateway whose process, disk or door it is: 0 or 1
 * @param door which of its two doors, for kinds of links
 * @param point the crash point, for CRASH_POINT
 * @param nth the how-manieth passing of it ends the process
 * @param before milliseconds from the last disturbance
 * @param lasts milliseconds, for what lasts
 * @param awaitUp whether the next round waits until both gateways are ready
 */
record Disturbance(
        int round, Kind kind, int gateway, Door door, String point, int nth, int before, int lasts, boolean awaitUp) {

    /** What can go wrong. */
    enum Kind {
        /** SIGKILL. */
        KILL(16),
        /** The process ends at a named point of its work. */
        CRASH_POINT(30),
        /** Power is cut: what was not synchronised to the disk is gone. */
        POWER_CUT(8),
        /** SIGTERM and a start: its broker and its SFTP server restart with it. */
        RESTART(5),
        /** SIGSTOP, SIGCONT. */
        SUSPEND(6),
        /** Connections end; new ones are refused for a while. */
        CUT(7),
        /** Connections are reset, at once. */
        RESET(7),
        /** Connections stay open and nothing passes. */
        BLACK_HOLE(6),
        /** Everything arrives late. */
        DELAY(5),
        /** 64 kbit/s. */
        SLOW(4),
        /** The disk of the home is full. */
        DISK_FULL(4),
        /** fsync fails with EIO on every call. */
        FSYNC_FAILS(3),
        /** One of two writes fails with ENOSPC. */
        WRITES_FAIL(3),
        /** The clock of one gateway is ahead of the other's, within the agreement's skew. */
        CLOCK(4),
        /** A message that names a gateway's certificate and was signed by somebody else. */
        FORGERY(4);

        final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        boolean ofLink() {
            return this == CUT || this == RESET || this == BLACK_HOLE || this == DELAY || this == SLOW;
        }
    }

    /** A way into a gateway. */
    enum Door {
        JMS,
        SFTP
    }

    String what(String name) {
        String where = kind.ofLink() ? name + "." + door : name;
        String more = kind == Kind.CRASH_POINT ? " " + point + " " + nth : "";
        return String.format(
                Locale.ROOT,
                "%5d  +%4d ms  %-12s %-14s%s%s",
                round,
                before,
                kind,
                where,
                lasts > 0 ? " " + lasts + " ms" : "",
                more);
    }
}
