package org.embassage.evidence.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;

/**
 * What the verifier needs of an agreement.
 *
 * @param parties country code to the digest of its CA certificate
 * @param agencies the gateways that are named
 * @param from in force, included
 * @param until in force, excluded
 * @param skew how far two clocks may be apart
 * @param rules what is permitted, by id
 */
record AgreementFacts(
        String id,
        int version,
        SortedMap<String, Digest> parties,
        Set<GatewayId> agencies,
        Instant from,
        Instant until,
        Duration skew,
        Map<String, Rule> rules) {

    private static final String NAMESPACE = "urn:embassage:agreement:1";

    /** A permission: a kind of document from a party or gateway to a party or gateway. */
    record Rule(String kind, String from, String to) {

        boolean speaksOf(String asked, GatewayId sender, GatewayId recipient) {
            return kind.equals(asked) && covers(from, sender) && covers(to, recipient);
        }

        private static boolean covers(String partyOrGateway, GatewayId gateway) {
            return partyOrGateway.equals(gateway.value()) || partyOrGateway.equals(gateway.country());
        }
    }

    /** @return nothing if it is no agreement */
    static Optional<AgreementFacts> read(byte[] xml) {
        return XmlFacts.read(xml, NAMESPACE).flatMap(AgreementFacts::read);
    }

    private static Optional<AgreementFacts> read(List<XmlFacts.Element> elements) {
        try {
            XmlFacts.Element root = elements.get(0);
            SortedMap<String, Digest> parties = new TreeMap<>();
            Set<GatewayId> agencies = new HashSet<>();
            Map<String, Rule> rules = new TreeMap<>();
            List<XmlFacts.Element> validity = new ArrayList<>();
            Duration skew = Duration.ZERO;
            for (XmlFacts.Element element : elements) {
                switch (element.name) {
                    case "Party" -> parties.put(element.attribute("code"), Digest.fromHex(element.attribute("ca")));
                    case "Agency" -> agencies.add(new GatewayId(element.attribute("code")));
                    case "Rule" ->
                        rules.put(
                                element.attribute("id"),
                                new Rule(
                                        element.attribute("kind"), element.attribute("from"), element.attribute("to")));
                    case "Validity" -> validity.add(element);
                    case "Timing" -> skew = Duration.ofSeconds(Long.parseLong(element.attribute("clockSkewSeconds")));
                    default -> {
                        // the rest is for the gateways to judge
                    }
                }
            }
            boolean sound = root.name.equals("Agreement") && parties.size() >= 2 && validity.size() == 1;
            return sound
                    ? Optional.of(new AgreementFacts(
                            root.attribute("id"),
                            Integer.parseInt(root.attribute("version")),
                            parties,
                            agencies,
                            Instant.parse(validity.get(0).attribute("from")),
                            Instant.parse(validity.get(0).attribute("until")),
                            skew,
                            rules))
                    : Optional.empty();
        } catch (RuntimeException incomplete) {
            return Optional.empty();
        }
    }
}
