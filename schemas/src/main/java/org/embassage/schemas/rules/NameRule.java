package org.embassage.schemas.rules;

import java.util.Locale;
import java.util.Set;
import org.embassage.schemas.xml.ElementRule;
import org.embassage.schemas.xml.ReadElement;

/**
 * NM-1: at most one writing of a name is the original one. SE-1: no name or number is a word that stands for "not
 * known"; the value-absent form says that.
 */
final class NameRule implements ElementRule {

    /** Words that nobody bears as a name. NULL and NA are not here: people are called so. */
    private static final Set<String> SENTINELS = Set.of(
            "UNKNOWN",
            "UNKN",
            "N/A",
            "N.A",
            "N.A.",
            "NOT KNOWN",
            "NOT AVAILABLE",
            "NOT APPLICABLE",
            "NO NAME",
            "NFN",
            "NMN",
            "LNU",
            "FNU",
            "XXX",
            "XXXX",
            "XXXXX");

    private static final Set<String> WATCHED = Set.of(
            "FullNameText",
            "SurnameText",
            "GivenNameText",
            "PatronymicText",
            "NumberText",
            "NormalizedNumberID",
            "IdentifierID",
            "VINID",
            "EngineNumberID");

    private static final int LONGEST = 14;

    private int originals;

    @Override
    public void start(ReadElement element) {
        if (element.node().name().equals("Name")) {
            originals = 0;
        }
    }

    @Override
    public void end(ReadElement element) {
        String name = element.node().name();
        if (name.equals("OriginalIndicator")) {
            if (element.text().equals("true") && ++originals > 1) {
                element.violates("NM-1");
            }
        } else if (WATCHED.contains(name) && isSentinel(element.text())) {
            element.violates("SE-1");
        }
    }

    private static boolean isSentinel(String text) {
        String word = text.strip();
        return word.length() <= LONGEST && SENTINELS.contains(word.toUpperCase(Locale.ROOT));
    }
}
