package org.embassage.routes;

import java.util.List;
import java.util.regex.Pattern;
import org.embassage.exchange.port.Intake;
import org.embassage.exchange.port.Reception;
import org.embassage.exchange.port.Round;

/**
 * What the edge calls.
 *
 * @param intake for what was dropped
 * @param reception for what peers brought
 * @param rounds each is run by its own timer, one call at a time
 */
public record EdgeWork(Intake intake, Reception reception, List<NamedRound> rounds) {

    public EdgeWork {
        rounds = List.copyOf(rounds);
        if (rounds.stream().map(NamedRound::name).distinct().count() != rounds.size()) {
            throw new IllegalArgumentException("each round has a name of its own");
        }
    }

    /** @param name as in logs and route ids, for example {@code dispatch-QOS-POL-jms} */
    public record NamedRound(String name, Round round) {
        private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9-]{1,60}");

        public NamedRound {
            if (!SHAPE.matcher(name).matches()) {
                throw new IllegalArgumentException("a round's name has letters, digits and hyphens");
            }
        }
    }
}
