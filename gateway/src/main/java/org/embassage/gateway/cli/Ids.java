package org.embassage.gateway.cli;

import java.util.Locale;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;

/** Reads ids from the command line. */
final class Ids {

    private Ids() {}

    static ExchangeId exchange(String text) {
        return parsed(() -> ExchangeId.parse(text), "an exchange id is a UUID", "exchange list");
    }

    static EvidenceId evidence(String text) {
        return parsed(() -> EvidenceId.parse(text), "a receipt id is a UUID", "receipt list");
    }

    static GatewayId gateway(String text) {
        return parsed(() -> new GatewayId(text), "a gateway id looks like QVL-BG", "status");
    }

    static String item(String text) {
        return parsed(
                () -> {
                    if (!text.matches("[A-Za-z0-9-]{1,80}")) {
                        throw new IllegalArgumentException("not an id");
                    }
                    return text;
                },
                "an item's id has letters, digits and hyphens",
                "quarantine list");
    }

    static <E extends Enum<E>> E named(Class<E> type, String text) {
        return parsed(
                () -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')),
                "the state is one of " + java.util.Arrays.toString(type.getEnumConstants()),
                "status");
    }

    private static <T> T parsed(java.util.function.Supplier<T> parsing, String form, String list) {
        try {
            return parsing.get();
        } catch (IllegalArgumentException malformed) {
            throw new Stop(ExitCode.USAGE, form, "find it with `embassage " + list + "`");
        }
    }
}
