package org.embassage.schemas.rules;

import java.util.HashSet;
import java.util.Set;
import org.embassage.schemas.xml.ElementRule;
import org.embassage.schemas.xml.ReadElement;

/**
 * GV-1: H3 goes with a condition text. GV-2: H1 forbids EvidenceUse YES. GV-3: H2 forbids onward transfer without
 * consent. GV-4: listed parties are listed, and only then. GV-5: review is not after retention ends. GV-6: no handling
 * code twice.
 */
final class GovernanceRule implements ElementRule {

    private final Set<String> handling = new HashSet<>();
    private boolean condition;
    private boolean parties;
    private boolean twice;
    private String onward = "";
    private String evidenceUse = "";
    private String retainUntil = "";
    private String reviewBy = "";

    @Override
    public void end(ReadElement element) {
        if (element.node().parentName().equals("Governance")) {
            note(element);
        } else if (element.node().name().equals("Governance")) {
            judge(element);
        }
    }

    private void note(ReadElement element) {
        switch (element.node().name()) {
            case "HandlingCode" -> twice |= !handling.add(element.text());
            case "HandlingConditionText" -> condition = true;
            case "OnwardTransferCode" -> onward = element.text();
            case "OnwardPartyCode" -> parties = true;
            case "EvidenceUseCode" -> evidenceUse = element.text();
            case "RetainUntilDate" -> retainUntil = element.text();
            case "ReviewByDate" -> reviewBy = element.text();
            default -> {
                // the XSD says all there is to say
            }
        }
    }

    private void judge(ReadElement governance) {
        boolean listed = onward.equals("LISTED_PARTIES");
        violatesIf(governance, handling.contains("H3") && !condition, "GV-1");
        violatesIf(governance, handling.contains("H1") && evidenceUse.equals("YES"), "GV-2");
        violatesIf(governance, handling.contains("H2") && listed, "GV-3");
        violatesIf(governance, listed != parties, "GV-4");
        violatesIf(governance, reviewBy.compareTo(retainUntil) > 0, "GV-5");
        violatesIf(governance, twice, "GV-6");
    }

    private static void violatesIf(ReadElement governance, boolean broken, String ruleId) {
        if (broken) {
            governance.violates(ruleId);
        }
    }
}
