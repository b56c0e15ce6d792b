package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.InboxState;
import org.junit.jupiter.api.Test;

/** The page that tells operators what each state means names each, and no other. */
class StatesPageTest {

    @Test
    void thePageOfStatesHasExactlyOneRowForEachState() {
        String page = Tree.text(Tree.root().resolve("docs/formats/exchange-states.md"));
        String sender = page.substring(page.indexOf("## At the sender"), page.indexOf("## At the recipient"));
        String recipient = page.substring(page.indexOf("## At the recipient"), page.indexOf("## Where a crash"));

        assertThat(rows(sender)).containsExactlyElementsOf(names(ExchangeState.values()));
        assertThat(rows(recipient)).containsExactlyElementsOf(names(InboxState.values()));
    }

    private static List<String> rows(String section) {
        return section.lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
    }

    private static List<String> names(Enum<?>[] states) {
        return Arrays.stream(states).map(Enum::name).toList();
    }
}
