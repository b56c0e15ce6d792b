package org.embassage.evidence.receipt;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.embassage.evidence.Digest;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;

/**
 * Everything one receipt says (EN 319 522-2 evidence, modelled on it). Holds no personal data and nothing from which
 * personal data can be guessed: digests of content are either over ciphertext, over a signed structure that holds a
 * secret salt, or salted themselves.
 *
 * @param id this evidence
 * @param event what happened
 * @param time when it happened, UTC, by the issuer's clock, whole milliseconds
 * @param issuer the gateway that says so
 * @param issuerCertificate SHA-256 of the DER of the certificate that signs
 * @param sender the gateway that sends the exchange; the issuer itself for a SubmissionRejection and for traffic events
 * @param recipient the gateway it is for; absent when a submission was refused before its recipient was known, or when
 *     a message could not be opened
 * @param subject what the event is about
 * @param terms the agreement and its verdict, where one was reached
 * @param digests of the message, where there is one
 * @param reasons why; never empty for a rejection or failure
 * @param basis how the hand-over is known; present exactly for ContentHandover
 * @param act who decided, and what; present exactly for the events that are acts
 * @param previous the evidence of the same subject that came before, where there is one
 * @param checkpoints the ledgers' heads known to the issuer when it signed
 */
public record Evidence(
        EvidenceId id,
        EvidenceEvent event,
        Instant time,
        GatewayId issuer,
        Digest issuerCertificate,
        GatewayId sender,
        Optional<GatewayId> recipient,
        Subject subject,
        Optional<Terms> terms,
        Optional<MessageDigests> digests,
        List<Reason> reasons,
        Optional<HandoverBasis> basis,
        Optional<Act> act,
        Optional<Previous> previous,
        Checkpoints checkpoints) {

    public Evidence {
        reasons = List.copyOf(reasons);
    }

    /** Evidence of an event that is no act. */
    public Evidence(
            EvidenceId id,
            EvidenceEvent event,
            Instant time,
            GatewayId issuer,
            Digest issuerCertificate,
            GatewayId sender,
            Optional<GatewayId> recipient,
            Subject subject,
            Optional<Terms> terms,
            Optional<MessageDigests> digests,
            List<Reason> reasons,
            Optional<HandoverBasis> basis,
            Optional<Previous> previous,
            Checkpoints checkpoints) {
        this(
                id,
                event,
                time,
                issuer,
                issuerCertificate,
                sender,
                recipient,
                subject,
                terms,
                digests,
                reasons,
                basis,
                Optional.empty(),
                previous,
                checkpoints);
    }

    /** What a receipt is about. */
    public sealed interface Subject {

        /**
         * One exchange.
         *
         * @param exchange its id
         * @param kind message kind, for example {@code PersonAlert}
         * @param schemaVersion of the shared schema, for example {@code 1.0}
         * @param sequence number on the pair of gateways, from 1
         * @param submitted when the sender's gateway accepted the submission, UTC
         * @param submission drop and record index; only in receipts of the sender's gateway
         * @param supersedes the closed exchange that this one replaces
         */
        record OfExchange(
                ExchangeId exchange,
                String kind,
                String schemaVersion,
                long sequence,
                Instant submitted,
                Optional<SubmissionRef> submission,
                Optional<ExchangeId> supersedes)
                implements Subject {}

        /** One submission, or with no index a whole drop, that never became an exchange. */
        record OfSubmission(SubmissionRef submission) implements Subject {}

        /** A message that the issuer could not open; all it knows is the outer digest in {@link MessageDigests}. */
        record Unopened() implements Subject {}

        /** All traffic of messages between the issuer, named as sender, and the peer, named as recipient. */
        record OfPeer() implements Subject {}
    }

    /**
     * A submission.
     *
     * @param drop the drop
     * @param recordIndex from 1; absent for the whole drop
     */
    public record SubmissionRef(DropId drop, Optional<Integer> recordIndex) {}

    /**
     * The terms under which the exchange was judged.
     *
     * @param agreementId the agreement's id
     * @param agreementVersion from 1
     * @param agreementDigest SHA-256 of the agreement file's exact bytes
     * @param clause the clause that decided, for example {@code R1} or {@code DEFAULT-DENY}
     * @param decision {@code PERMIT} or {@code REFUSE}
     * @param applied Strip and Mask rules applied, as {@code Strip:path} and {@code Mask:path}, whether or not a value
     *     was there
     */
    public record Terms(
            String agreementId,
            int agreementVersion,
            Digest agreementDigest,
            String clause,
            String decision,
            List<String> applied) {
        public Terms {
            applied = List.copyOf(applied);
        }
    }

    /**
     * Digests of the message.
     *
     * @param outer over the encrypted message exactly as transferred
     * @param inner over the DER SignedData; absent when the message was not opened
     * @param manifest salted digest of the parts; absent when the message was not opened
     */
    public record MessageDigests(Digest outer, Optional<Digest> inner, Optional<Digest> manifest) {}

    /**
     * One coded reason.
     *
     * @param code from the code list of refusal reasons or faults, for example {@code PURPOSE_NOT_AGREED}
     * @param clause the agreement's clause, where a clause refused
     * @param field the <em>name</em> of the field or the path of the element, never a value
     */
    public record Reason(String code, Optional<String> clause, Optional<String> field) {
        public static Reason of(String code) {
            return new Reason(code, Optional.empty(), Optional.empty());
        }
    }

    /** How the issuer knows that the record was handed over. A folder can only say WRITTEN or COLLECTED. */
    public enum HandoverBasis {
        /** Durably written where the domestic system takes it from. */
        WRITTEN,
        /** Taken away from there. */
        COLLECTED,
        /** Acknowledged by the domestic system itself. */
        ACKNOWLEDGED
    }

    /**
     * An act: of a person, under a role and a random pseudonym and never a name, or of the gateway by a rule.
     *
     * @param word what was decided: {@code REPROCESS}, {@code RELEASE}, {@code REJECT}, {@code SUSPEND}, {@code RESUME} or
     *     {@code ERASE}
     * @param role of the person, or {@link #GATEWAY}
     * @param pseudonym random, at least eight characters; absent exactly if the gateway acted by a rule
     * @param item id of what lay in quarantine, or the like
     */
    public record Act(String word, String role, Optional<String> pseudonym, Optional<String> item) {

        /** The role of the gateway itself, when it acts by a rule. */
        public static final String GATEWAY = "GATEWAY";

        private static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9-]{1,31}");
        private static final Pattern PSEUDONYM = Pattern.compile("[A-Za-z0-9-]{8,36}");
        private static final Pattern ITEM = Pattern.compile("[A-Za-z0-9-]{1,80}");

        /** @throws IllegalArgumentException if a part is not of its form */
        public Act {
            if (!WORD.matcher(word).matches()
                    || !WORD.matcher(role).matches()
                    || role.equals(GATEWAY) != pseudonym.isEmpty()
                    || !pseudonym.map(name -> PSEUDONYM.matcher(name).matches()).orElse(true)
                    || !item.map(id -> ITEM.matcher(id).matches()).orElse(true)) {
                throw new IllegalArgumentException("not an act");
            }
        }

        /** An act of the gateway itself, by a rule. */
        public static Act byRule(String word, Optional<String> item) {
            return new Act(word, GATEWAY, Optional.empty(), item);
        }

        /** Role and pseudonym as one line, as a leaf names them. */
        public String actor() {
            return pseudonym.map(name -> role + " " + name).orElse(role);
        }
    }

    /** Points at an earlier receipt: its id and the SHA-256 of its manifest. */
    public record Previous(EvidenceId id, Digest manifest) {}

    /**
     * Ledger heads, as C2SP signed notes verbatim.
     *
     * @param own the issuer's newest checkpoint, which predates this receipt
     * @param peer the newest checkpoint of the other side that the issuer holds; absent only at first contact
     */
    public record Checkpoints(String own, Optional<String> peer) {}
}
