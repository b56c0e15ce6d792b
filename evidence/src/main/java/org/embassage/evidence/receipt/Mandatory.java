package org.embassage.evidence.receipt;

import org.embassage.evidence.receipt.Evidence.Subject;

/** Which fields each event must have, and must not have: the table of docs/formats/evidence.md. */
final class Mandatory {

    private Mandatory() {}

    /** Whether the evidence has the fields of its event. */
    static boolean met(Evidence e) {
        boolean negative = switch (e.event()) {
            case SUBMISSION_REJECTION, RELAY_REJECTION, RELAY_FAILURE, CONTENT_HANDOVER_FAILURE -> true;
            case SUBMISSION_ACCEPTANCE, RELAY_ACCEPTANCE, CONTENT_HANDOVER -> false;
        };
        boolean handedOver = e.event() == EvidenceEvent.CONTENT_HANDOVER;
        return e.reasons().isEmpty() != negative
                && e.basis().isPresent() == handedOver
                && subjectMet(e)
                && partiesMet(e);
    }

    private static boolean subjectMet(Evidence e) {
        boolean ofExchange = e.subject() instanceof Subject.OfExchange;
        boolean allDigests = e.digests()
                .map(digests ->
                        digests.inner().isPresent() && digests.manifest().isPresent())
                .orElse(false);
        return switch (e.event()) {
            case SUBMISSION_ACCEPTANCE, RELAY_ACCEPTANCE, RELAY_FAILURE, CONTENT_HANDOVER, CONTENT_HANDOVER_FAILURE ->
                ofExchange
                        && allDigests
                        && e.terms().isPresent()
                        && e.recipient().isPresent();
            case SUBMISSION_REJECTION ->
                e.subject() instanceof Subject.OfSubmission && e.digests().isEmpty();
            case RELAY_REJECTION ->
                e.digests().isPresent()
                        && (ofExchange
                                ? e.recipient().isPresent()
                                        && e.digests().get().inner().isPresent()
                                : e.subject() instanceof Subject.Unopened);
        };
    }

    /** Events of the sender's gateway are said by the sender, the others by the recipient. */
    private static boolean partiesMet(Evidence e) {
        return switch (e.event()) {
            case SUBMISSION_ACCEPTANCE, SUBMISSION_REJECTION, RELAY_FAILURE ->
                e.issuer().equals(e.sender());
            case RELAY_ACCEPTANCE, RELAY_REJECTION, CONTENT_HANDOVER, CONTENT_HANDOVER_FAILURE ->
                !e.issuer().equals(e.sender())
                        && e.recipient().map(e.issuer()::equals).orElse(true);
        };
    }
}
