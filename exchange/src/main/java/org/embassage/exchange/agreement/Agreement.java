package org.embassage.exchange.agreement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.schemas.agreement.AgreementType;
import org.embassage.schemas.agreement.InFlightType;
import org.embassage.schemas.agreement.RoleType;
import org.embassage.schemas.agreement.SuspensionStateType;

/**
 * One version of an agreement that all its parties signed, ready to judge. Only {@link AgreementReader} makes one.
 * Immutable and thread-safe.
 */
public final class Agreement {

    private final AgreementType terms;
    private final AgreementRef ref;
    private final byte[] octets;
    private final List<Clause> clauses;
    private final List<Denial> denials;

    Agreement(AgreementType terms, byte[] octets) {
        this.terms = terms;
        this.octets = octets;
        this.ref = new AgreementRef(terms.getId(), terms.getVersion(), Digest.sha256(octets));
        this.clauses =
                terms.getRule().stream().map(rule -> new Clause(rule, ref)).toList();
        this.denials = terms.getDeny().stream().map(Denial::new).toList();
    }

    /** Id, version and digest. */
    public AgreementRef ref() {
        return ref;
    }

    /** The file's exact bytes; a copy. */
    public byte[] octets() {
        return octets.clone();
    }

    /** The parties' country codes, in alphabetical order. */
    public List<String> parties() {
        TreeSet<String> codes = new TreeSet<>();
        terms.getParty().forEach(party -> codes.add(party.getCode()));
        return List.copyOf(codes);
    }

    /** Included. */
    public Instant from() {
        return terms.getValidity().getFrom();
    }

    /** Excluded. */
    public Instant until() {
        return terms.getValidity().getUntil();
    }

    /** Until when messages that name this version are taken although a later one is in force. */
    public Optional<Instant> acceptUntil() {
        return Optional.ofNullable(terms.getValidity().getAcceptUntil());
    }

    /** From then on the gateway warns. */
    public Optional<Instant> reviewDue() {
        return Optional.ofNullable(terms.getValidity().getReviewDue());
    }

    /** SHA-256 of the version before. */
    Optional<Digest> previous() {
        return Optional.ofNullable(terms.getPrevious()).map(Digest::fromHex);
    }

    public boolean inForce(Instant now) {
        return !now.isBefore(from()) && now.isBefore(until());
    }

    /** Within this a covering inclusion proof follows every receipt on a live link. */
    public Duration mergeDelay() {
        return Duration.ofSeconds(terms.getTiming().getMergeDelaySeconds());
    }

    /** How long after expiry the sender waits for receipts. */
    public Duration returnWindow() {
        return Duration.ofSeconds(terms.getTiming().getReturnWindowSeconds());
    }

    public Duration clockSkew() {
        return Duration.ofSeconds(terms.getTiming().getClockSkewSeconds());
    }

    /** Whether it rests: nothing is sent or handed over under it. */
    public boolean suspended(Instant now) {
        return terms.getSuspension() != null
                && terms.getSuspension().getState() == SuspensionStateType.SUSPENDED
                && !now.isBefore(terms.getSuspension().getSince());
    }

    /** What a suspension does to messages received and not yet handed over. */
    InFlightType inFlight() {
        return terms.getSuspension() == null || terms.getSuspension().getInFlight() == null
                ? InFlightType.HOLD
                : terms.getSuspension().getInFlight();
    }

    /** Whether both are agencies of it, the one as sender, the other as receiver. */
    boolean pairs(GatewayId sender, GatewayId recipient) {
        return has(sender, RoleType.SENDER) && has(recipient, RoleType.RECEIVER);
    }

    private boolean has(GatewayId gateway, RoleType role) {
        return terms.getParty().stream()
                .flatMap(party -> party.getAgency().stream())
                .anyMatch(agency -> agency.getCode().equals(gateway.value())
                        && agency.getRole().contains(role));
    }

    List<Clause> clauses() {
        return clauses;
    }

    List<Denial> denials() {
        return denials;
    }

    @Override
    public String toString() {
        return ref.id() + " v" + ref.version();
    }
}
