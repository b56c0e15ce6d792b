package org.embassage.exchange.agreement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.embassage.evidence.Digest;
import org.embassage.exchange.trust.Trust;
import org.embassage.schemas.SharedSchema;
import org.embassage.schemas.agreement.AgreementType;
import org.embassage.schemas.agreement.PartyType;

/**
 * Reads agreement files. A file counts only if it obeys its schema and rules and <em>every</em> party that it names has
 * signed exactly its bytes with its party key, under the authority that the agreement itself names. Thread-safe.
 */
public final class AgreementReader {

    private final Trust trust;

    public AgreementReader(Trust trust) {
        this.trust = trust;
    }

    /**
     * Reads one file.
     *
     * @param file the exact bytes
     * @param signatures detached CMS signatures, by the country code of the party
     * @param now certificates are judged at
     */
    public Outcome read(byte[] file, Map<String, byte[]> signatures, Instant now) {
        return SharedSchema.readAgreement(file)
                .fold(
                        view -> signed(view, file, signatures, now),
                        violations -> new Outcome.Unusable(
                                violations.stream().map(Object::toString).toList()));
    }

    private Outcome signed(AgreementType view, byte[] file, Map<String, byte[]> signatures, Instant now) {
        List<String> problems = new ArrayList<>();
        for (PartyType party : view.getParty()) {
            Optional<byte[]> signature = Optional.ofNullable(signatures.get(party.getCode()));
            if (signature.isEmpty()) {
                problems.add("the signature of party " + party.getCode() + " is missing");
            } else if (!trust.signedByParty(
                    file, signature.get(), party.getCode(), Optional.of(Digest.fromHex(party.getCa())), now)) {
                problems.add("the signature of party " + party.getCode()
                        + " is not by its party key over these bytes, under the authority that the agreement names");
            }
        }
        return problems.isEmpty() ? new Outcome.Signed(new Agreement(view, file)) : new Outcome.Unusable(problems);
    }

    /** What reading found. */
    public sealed interface Outcome {
        record Signed(Agreement agreement) implements Outcome {}

        /** @param problems rules, places and missing signatures; no values */
        record Unusable(List<String> problems) implements Outcome {
            public Unusable {
                problems = List.copyOf(problems);
            }
        }

        default <T> T fold(Function<Signed, T> good, Function<Unusable, T> bad) {
            return this instanceof Signed signed ? good.apply(signed) : bad.apply((Unusable) this);
        }
    }
}
