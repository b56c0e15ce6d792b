package org.embassage.exchange.agreement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.Terms;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;

/** Every signed version of every agreement that this gateway holds; old versions are kept. Immutable. */
public final class AgreementBook {

    private final Map<String, NavigableMap<Integer, Agreement>> versions = new TreeMap<>();

    /** @throws IllegalArgumentException if two files are the same version of one agreement */
    public AgreementBook(Collection<Agreement> agreements) {
        for (Agreement agreement : agreements) {
            Agreement other = versions.computeIfAbsent(agreement.ref().id(), id -> new TreeMap<>())
                    .put(agreement.ref().version(), agreement);
            if (other != null) {
                throw new IllegalArgumentException("two files are " + agreement);
            }
        }
    }

    /** All versions, by id and version. */
    public List<Agreement> all() {
        List<Agreement> all = new ArrayList<>();
        versions.values().forEach(byVersion -> all.addAll(byVersion.values()));
        return all;
    }

    /** Exactly this version: id, number and digest. */
    public Optional<Agreement> find(AgreementRef ref) {
        return Optional.ofNullable(versions.get(ref.id()))
                .map(byVersion -> byVersion.get(ref.version()))
                .filter(agreement -> agreement.ref().equals(ref));
    }

    /** The version that is in force: of those that began and did not end, the highest. */
    public Optional<Agreement> current(String id, Instant now) {
        return Optional.ofNullable(versions.get(id))
                .flatMap(byVersion -> byVersion.descendingMap().values().stream()
                        .filter(agreement -> agreement.inForce(now))
                        .findFirst());
    }

    /**
     * The terms of a clause by which an exchange was permitted before.
     *
     * @throws org.embassage.exchange.fault.Broken CONFIGURATION_INVALID if the version is no longer held: old versions
     *     must be kept as long as exchanges name them
     */
    public Terms terms(AgreementRef ref, String clause) {
        return find(ref).stream()
                .flatMap(agreement -> agreement.clauses().stream())
                .filter(candidate -> candidate.id().equals(clause))
                .map(Clause::terms)
                .findFirst()
                .orElseThrow(() -> new Broken(FaultCode.CONFIGURATION_INVALID));
    }

    /** The next higher version that is held. */
    Optional<Agreement> successor(Agreement agreement) {
        return Optional.ofNullable(versions.get(agreement.ref().id()))
                .map(byVersion -> byVersion.higherEntry(agreement.ref().version()))
                .map(Map.Entry::getValue);
    }

    /** Ids of agreements of which some version pairs the two. */
    List<String> idsPairing(GatewayId sender, GatewayId recipient) {
        return versions.entrySet().stream()
                .filter(entry -> entry.getValue().values().stream().anyMatch(a -> a.pairs(sender, recipient)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Of every agreement that pairs the two, in either direction, the version that is in force. */
    public List<Agreement> between(GatewayId one, GatewayId other, Instant now) {
        TreeSet<String> ids = new TreeSet<>(idsPairing(one, other));
        ids.addAll(idsPairing(other, one));
        return ids.stream().flatMap(id -> current(id, now).stream()).toList();
    }

    /** Whether a version begins later. */
    boolean beginsLater(String id, Instant now) {
        return Optional.ofNullable(versions.get(id)).stream()
                .flatMap(byVersion -> byVersion.values().stream())
                .max(Comparator.comparing(Agreement::from))
                .map(agreement -> agreement.from().isAfter(now))
                .orElse(false);
    }
}
