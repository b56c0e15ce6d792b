package org.embassage.gateway.homes;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.schemas.SharedSchema;

/**
 * Writes an agreement for development: every country with every other, people and vehicles by JMS, documents and seizures
 * by SFTP, exercise traffic allowed, addresses stripped and dates of issue masked.
 */
final class AgreementFile {

    private static final int DAYS = 700;

    private static final Map<String, String> MINIMISED = Map.of(
            "PersonAlert", "<Strip path=\"//Person/AddressText\"/>",
            "DocumentAlert", "<Mask path=\"TravelDocument/IssueDate\" to=\"YEAR\"/>",
            "VehicleAlert", "",
            "IncidentSeizureReport", "<Strip path=\"//Person/AddressText\"/>");

    private final SortedMap<String, Digest> authorities;
    private final Collection<GatewayId> gateways;
    private final Instant from;
    private int rules;

    /**
     * @param authorities SHA-256 of the CA certificate of each country
     */
    AgreementFile(Map<String, Digest> authorities, Collection<GatewayId> gateways, Instant now) {
        this.authorities = new TreeMap<>(authorities);
        this.gateways = List.copyOf(gateways);
        this.from = now.truncatedTo(ChronoUnit.SECONDS).minus(1, ChronoUnit.HOURS);
    }

    /** For example {@code QOS-QVL-DEV-01}. */
    String id() {
        return String.join("-", authorities.keySet()) + "-DEV-01";
    }

    byte[] write() {
        StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.append(
                "<Agreement xmlns=\"%s\" id=\"%s\" version=\"1\">\n".formatted(SharedSchema.AGREEMENT_NAMESPACE, id()));
        text.append("  <LegalBasis ref=\"SYNTHETIC: an agreement for development, without any force\"/>\n");
        authorities.forEach((country, authority) -> party(text, country, authority));
        text.append("  <Validity from=\"%s\" until=\"%s\"/>\n".formatted(from, from.plus(DAYS, ChronoUnit.DAYS)));
        text.append("  <Timing mergeDelaySeconds=\"60\" returnWindowSeconds=\"3600\" clockSkewSeconds=\"120\"/>\n");
        text.append("  <Crypto suites=\"GW-CMS-1\"/>\n");
        for (String sender : authorities.keySet()) {
            for (String recipient : authorities.keySet()) {
                if (!sender.equals(recipient)) {
                    rule(text, "PersonAlert", sender, recipient, "JMS", "SFTP");
                    rule(text, "VehicleAlert", sender, recipient, "JMS", "SFTP");
                    rule(text, "DocumentAlert", sender, recipient, "SFTP", "JMS");
                    rule(text, "IncidentSeizureReport", sender, recipient, "SFTP", "JMS");
                }
            }
        }
        text.append("  <Deny id=\"D1\" kind=\"*\" subjectCategory=\"INFORMANT_NEVER_SEND\"/>\n");
        text.append("  <Suspension state=\"NONE\"/>\n</Agreement>\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void party(StringBuilder text, String country, Digest authority) {
        text.append("  <Party code=\"%s\" ca=\"%s\">\n".formatted(country, authority.hex()));
        gateways.stream()
                .filter(gateway -> gateway.country().equals(country))
                .sorted()
                .forEach(gateway ->
                        text.append("    <Agency code=\"%s\" role=\"SENDER RECEIVER\"/>\n".formatted(gateway)));
        text.append("  </Party>\n");
    }

    private void rule(
            StringBuilder text, String kind, String sender, String recipient, String transport, String fallback) {
        rules++;
        String minimised = MINIMISED.getOrDefault(kind, "");
        text.append("""
                  <Rule id="R%d" kind="%s" from="%s" to="%s" \
                purposes="PREVENT DETECT INVESTIGATE BORDER_CONTROL MISSING_PERSON IDENTIFY_VICTIM" schema="%s">
                %s    <Subjects allow="SUSPECT CONVICTED VICTIM WITNESS CONTACT MISSING THIRD_PARTY" minors="ALLOW"/>
                    <Handling allowed="H0 H1 H2" floor="H0"/>
                    <Onward code="WITH_CONSENT"/>
                    <EvidenceUse code="WITH_CONSENT"/>
                    <Service transport="%s" fallback="%s" maxDeliverySeconds="60" priority="ROUTINE" \
                expiresAfterSeconds="86400"/>
                    <Retention days="1461"/>
                    <Release mode="AUTO"/>
                    <Exercise allowed="true"/>
                  </Rule>
                """.formatted(
                        rules,
                        kind,
                        sender,
                        recipient,
                        SharedSchema.VERSION,
                        minimised.isEmpty() ? "" : "    " + minimised + "\n",
                        transport,
                        fallback));
    }
}
