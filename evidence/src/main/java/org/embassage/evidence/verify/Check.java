package org.embassage.evidence.verify;

import java.util.Arrays;
import java.util.Optional;

/**
 * The numbered checks of docs/formats/evidence.md. Numbers and names never change their meaning; new checks get new
 * numbers.
 */
public enum Check {
    CONTAINER(1, "container", "the file is a strict ZIP with known entries"),
    INDEX(2, "index", "every file is listed with its digest; none is missing, none is extra"),
    EXPORTER(3, "exporter", "the index is signed by the gateway that exported"),
    RECEIPT(4, "receipt", "each receipt is whole and signed"),
    FIELDS(5, "fields", "each receipt has the fields of its event and is issued by the right side"),
    SIGNER_PATH(6, "signer-path", "each signer's certificate leads to an anchor of the auditor"),
    REVOCATION(7, "revocation", "no signer's certificate is revoked"),
    SIGNER_GATEWAY(8, "signer-gateway", "each signer is a seal certificate of the issuing gateway"),
    CARD(9, "card", "each peer card is signed by its country's party key"),
    AGREEMENT(10, "agreement", "each agreement is the one the receipts name, signed by all parties"),
    COUNTRY_AUTHORITY(11, "country-authority", "each country has an authority of its own"),
    TERMS(12, "terms", "the receipts of an exchange state the same terms, which the agreement has"),
    DIGESTS(13, "digests", "the receipts of an exchange are about the same message"),
    ORDER(14, "order", "the events of an exchange are in a legal order"),
    PREVIOUS(15, "previous", "each link to an earlier receipt fits that receipt"),
    OUTCOME(16, "outcome", "no two receipts contradict each other"),
    COMPLETE(17, "complete", "each exchange has its receipts from acceptance to outcome"),
    INCLUSION(18, "inclusion", "each receipt is in its issuer's ledger"),
    PREDATES(19, "predates", "the checkpoints in a receipt are genuine and older than it"),
    LEDGERS(20, "ledgers", "no ledger shows two histories"),
    CONTINUITY(21, "continuity", "all checkpoints of a ledger are proven to continue each other"),
    TIME_STAMP(22, "time-stamp", "an authority whom you believe about times confirms the time"),
    WITNESSED(23, "witnessed", "witnesses cosigned the checkpoints that cover the receipts"),
    PERIOD(24, "period", "nothing of the stated part of the exporter's ledger is missing"),
    ARCHIVE(25, "archive", "what was archived is still covered by a good time-stamp"),
    SIDES(26, "sides", "both sides of a dispute hold the same receipts");

    private final int number;
    private final String id;
    private final String question;

    Check(int number, String id, String question) {
        this.number = number;
        this.id = id;
        this.question = question;
    }

    /** Its number in docs/formats/evidence.md. */
    public int number() {
        return number;
    }

    /** Its name, as policies and JSON spell it. */
    public String id() {
        return id;
    }

    /** What it establishes when it passes. */
    public String question() {
        return question;
    }

    /** @return nothing if there is no check of that name */
    public static Optional<Check> ofId(String id) {
        return Arrays.stream(values()).filter(check -> check.id.equals(id)).findFirst();
    }
}
