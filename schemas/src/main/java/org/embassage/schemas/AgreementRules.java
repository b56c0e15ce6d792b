package org.embassage.schemas;

import java.util.List;
import java.util.stream.Stream;
import org.embassage.schemas.agreement.AgencyType;
import org.embassage.schemas.agreement.AgreementType;
import org.embassage.schemas.agreement.PartyType;
import org.embassage.schemas.agreement.SuspensionStateType;
import org.embassage.schemas.agreement.SuspensionType;
import org.embassage.schemas.agreement.ValidityType;
import org.embassage.schemas.xml.Violation;

/**
 * What an agreement obeys beyond its XSD, so that one that is loaded can be enforced as it stands.
 * docs/formats/agreement.md lists the rules.
 */
final class AgreementRules {

    private AgreementRules() {}

    static List<Violation> broken(AgreementType agreement) {
        Findings findings = new Findings();
        findings.add((agreement.getPrevious() != null) != agreement.getVersion() > 1, "AG-1", "/Agreement");
        parties(agreement, findings);
        validity(agreement.getValidity(), findings);
        suspension(agreement, findings);
        new ClauseRules(agreement, findings).check();
        return findings.all();
    }

    /** AG-2: an agency is of the country it stands under, and stands once. */
    private static void parties(AgreementType agreement, Findings findings) {
        List<PartyType> parties = agreement.getParty();
        for (int i = 0; i < parties.size(); i++) {
            PartyType party = parties.get(i);
            boolean foreign = party.getAgency().stream()
                    .anyMatch(agency -> !agency.getCode().startsWith(party.getCode() + "-"));
            findings.add(foreign, "AG-2", "/Agreement/Party[" + (i + 1) + "]");
        }
        long named = agencies(agreement).count();
        long distinct = agencies(agreement).map(AgencyType::getCode).distinct().count();
        findings.add(named != distinct, "AG-2", "/Agreement");
    }

    /** AG-7: the times of validity come in their order. */
    private static void validity(ValidityType validity, Findings findings) {
        boolean ordered = validity.getFrom().isBefore(validity.getUntil())
                && (validity.getReviewDue() == null || validity.getReviewDue().isBefore(validity.getUntil()))
                && (validity.getAcceptUntil() == null
                        || validity.getAcceptUntil().isAfter(validity.getFrom()));
        findings.add(!ordered, "AG-7", "/Agreement/Validity");
    }

    /** AG-6: a suspension says who, since when and what happens to messages in flight; no suspension says none of it. */
    private static void suspension(AgreementType agreement, Findings findings) {
        SuspensionType suspension = agreement.getSuspension();
        if (suspension == null) {
            return;
        }
        boolean suspended = suspension.getState() == SuspensionStateType.SUSPENDED;
        boolean all = suspension.getBy() != null && suspension.getSince() != null && suspension.getInFlight() != null;
        boolean none = suspension.getBy() == null && suspension.getSince() == null && suspension.getInFlight() == null;
        boolean party = !suspended
                || agreement.getParty().stream().anyMatch(p -> p.getCode().equals(suspension.getBy()));
        findings.add(!(suspended ? all : none) || !party, "AG-6", "/Agreement/Suspension");
    }

    static Stream<AgencyType> agencies(AgreementType agreement) {
        return agreement.getParty().stream().flatMap(party -> party.getAgency().stream());
    }
}
