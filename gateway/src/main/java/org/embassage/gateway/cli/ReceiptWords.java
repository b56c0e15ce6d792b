package org.embassage.gateway.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Subject;

/** Says in plain words what a receipt states. */
final class ReceiptWords {

    private ReceiptWords() {}

    /** One sentence. */
    static String sentence(Evidence evidence) {
        String recipient = evidence.recipient().map(Object::toString).orElse("a recipient not yet known");
        return switch (evidence.event()) {
            case SUBMISSION_ACCEPTANCE ->
                evidence.issuer() + " states that it accepted and sealed this record for " + recipient
                        + " and will send it.";
            case SUBMISSION_REJECTION ->
                evidence.issuer() + " states that it refused this submission; nothing was sent.";
            case RELAY_ACCEPTANCE ->
                evidence.issuer()
                        + " states that it received, opened, verified, permitted and durably stored the message"
                        + " from " + evidence.sender() + ".";
            case RELAY_REJECTION ->
                evidence.issuer() + " states that it refused the message from " + evidence.sender()
                        + "; nothing was handed over.";
            case RELAY_FAILURE ->
                evidence.issuer() + " states that it received no relay evidence from " + recipient
                        + " by the deadline. It does not say that the message was not delivered.";
            case CONTENT_HANDOVER ->
                evidence.issuer() + " states that it handed the record over to its domestic system"
                        + evidence.basis()
                                .map(basis -> " (known because it was " + basis + ")")
                                .orElse("") + ".";
            case CONTENT_HANDOVER_FAILURE ->
                evidence.issuer() + " states that it could finally not hand the record over to its domestic system.";
            case QUARANTINE_DECISION ->
                evidence.issuer() + " states what a person decided on what lay in its quarantine: " + word(evidence)
                        + ".";
            case TRAFFIC_SUSPENDED ->
                evidence.issuer() + " states that it stopped all messages to and from " + recipient
                        + "; receipts go on.";
            case TRAFFIC_RESUMED ->
                evidence.issuer() + " states that messages to and from " + recipient + " go on again.";
            case CONTENT_ERASURE ->
                evidence.issuer() + " states that it destroyed the key to its copy of the content; the receipts stay.";
        };
    }

    private static String word(Evidence evidence) {
        return evidence.act().map(Evidence.Act::word).orElse("nothing");
    }

    /** What more it says, a fact a line. */
    static List<String> facts(Evidence evidence) {
        List<String> facts = new ArrayList<>();
        facts.add("event       " + evidence.event().etsiName());
        facts.add("time        " + evidence.time() + " (by the clock of " + evidence.issuer() + ")");
        facts.add("sender      " + evidence.sender());
        evidence.recipient().ifPresent(recipient -> facts.add("recipient   " + recipient));
        if (evidence.subject() instanceof Subject.OfExchange of) {
            facts.add("exchange    " + of.exchange());
            facts.add("document    " + of.kind() + " " + of.schemaVersion() + ", number " + of.sequence()
                    + " of this pair");
            of.submission().ifPresent(submission -> facts.add(submission(submission)));
            of.supersedes().ifPresent(old -> facts.add("supersedes  " + old));
        } else if (evidence.subject() instanceof Subject.OfSubmission of) {
            facts.add(submission(of.submission()));
        } else if (evidence.subject() instanceof Subject.OfPeer) {
            facts.add("about       all messages between the two gateways");
        } else {
            facts.add("exchange    not known: the message could not be opened");
        }
        evidence.terms().ifPresent(terms -> {
            facts.add("agreement   " + terms.agreementId() + " version " + terms.agreementVersion() + ", clause "
                    + terms.clause() + ": " + terms.decision());
            if (!terms.applied().isEmpty()) {
                facts.add("minimised   " + String.join(", ", terms.applied()));
            }
        });
        evidence.digests().ifPresent(digests -> {
            facts.add("message     SHA-256 " + digests.outer().hex() + " as transferred");
            digests.inner().ifPresent(inner -> facts.add("signed      SHA-256 " + inner.hex()));
        });
        evidence.act()
                .ifPresent(act -> facts.add("act         " + act.word() + " by " + act.actor()
                        + act.item().map(item -> " on " + item).orElse("")));
        if (!evidence.reasons().isEmpty()) {
            facts.add("reasons     "
                    + evidence.reasons().stream()
                            .map(reason -> reason.code()
                                    + reason.clause()
                                            .map(clause -> " by clause " + clause)
                                            .orElse("")
                                    + reason.field()
                                            .map(field -> " in field " + field)
                                            .orElse(""))
                            .collect(Collectors.joining(", ")));
        }
        return facts;
    }

    private static String submission(Evidence.SubmissionRef submission) {
        return "submission  drop " + submission.drop()
                + submission.recordIndex().map(index -> ", record " + index).orElse(", the whole drop");
    }
}
