package org.embassage.gateway.terminal;

/** The exit codes of every command; docs/operator-guide.md lists them. */
public final class ExitCode {

    public static final int OK = 0;
    /** A finding, or an operation that failed. */
    public static final int FINDING = 1;
    /** The command line was wrong. */
    public static final int USAGE = 2;
    /** A verification failed. */
    public static final int VERIFICATION_FAILED = 3;
    /** Not enough to verify: a proof is still missing; a later try may pass. */
    public static final int INDETERMINATE = 4;

    public static final int NOT_FOUND = 5;
    /** Refused by a policy. */
    public static final int REFUSED = 6;
    /** A peer, the database, the key store or another dependency cannot be reached or used. */
    public static final int UNREACHABLE = 7;
    /** The own ledger does not add up. */
    public static final int INTEGRITY_ALARM = 8;

    public static final int CONFIGURATION_INVALID = 9;
    /** Interrupted by Ctrl-C. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
