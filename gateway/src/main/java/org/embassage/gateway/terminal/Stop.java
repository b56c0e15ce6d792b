package org.embassage.gateway.terminal;

import java.util.List;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;

/** A command ends here, with an exit code, a sentence, and what the person does next. Never holds personal data. */
public final class Stop extends RuntimeException {

    private final int exitCode;
    private final List<String> details;
    private final String next;

    /**
     * @param sentence what happened
     * @param details one line each, may be empty
     * @param next what the person does next
     */
    public Stop(int exitCode, String sentence, List<String> details, String next) {
        super(sentence);
        this.exitCode = exitCode;
        this.details = List.copyOf(details);
        this.next = next;
    }

    public Stop(int exitCode, String sentence, String next) {
        this(exitCode, sentence, List.of(), next);
    }

    /** For a fault of our own side. */
    public static Stop of(Broken broken) {
        FaultCode fault = broken.fault();
        int code = switch (fault) {
            case CONFIGURATION_INVALID -> ExitCode.CONFIGURATION_INVALID;
            case DEVELOPMENT_KEYS_REFUSED -> ExitCode.REFUSED;
            case LEDGER_INCONSISTENT, LEDGER_DAMAGED, LEDGER_ROLLED_BACK, STORE_DAMAGED -> ExitCode.INTEGRITY_ALARM;
            case CONTENT_ERASED -> ExitCode.NOT_FOUND;
            default -> ExitCode.UNREACHABLE;
        };
        return new Stop(code, fault.code() + " " + fault.sentence(), fault.nextStep());
    }

    public int exitCode() {
        return exitCode;
    }

    public List<String> details() {
        return details;
    }

    public String next() {
        return next;
    }
}
