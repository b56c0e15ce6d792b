package org.embassage.schemas;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The governance block of a valid document. Codes are those of the shared schema's lists.
 *
 * @param legalBasisRefs at least one
 * @param purpose the one lawful reason
 * @param handling H0 to H3, at least one
 * @param tlp Traffic Light Protocol label
 * @param onward whether the recipient may pass it on
 * @param onwardParties to whom, if onward is LISTED_PARTIES
 * @param evidenceUse whether it may be used in court
 * @param retainUntil last day of keeping it
 * @param reviewBy day of the next review
 * @param specialCategory whether it holds special categories of data
 * @param factOrAssessment FACT or ASSESSMENT
 * @param source A, B, C or X
 * @param information 1 to 4
 * @param lastVerified when somebody last looked whether it is true
 * @param originRecordRef the sender's own id of the record
 * @param originCountries third countries that it came from
 * @param conditions specific conditions of use
 */
public record Governance(
        List<String> legalBasisRefs,
        String purpose,
        Set<String> handling,
        Optional<String> tlp,
        String onward,
        List<String> onwardParties,
        String evidenceUse,
        LocalDate retainUntil,
        Optional<LocalDate> reviewBy,
        boolean specialCategory,
        String factOrAssessment,
        String source,
        String information,
        Optional<LocalDate> lastVerified,
        String originRecordRef,
        List<String> originCountries,
        Set<String> conditions) {

    /** Nothing: the record reference stays sealed. */
    @Override
    public String toString() {
        return "governance";
    }
}
