package org.embassage.gateway.homes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.embassage.evidence.Digest;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.sealing.KeyTexts;
import org.embassage.sealing.development.DevelopmentPki;
import org.embassage.sealing.development.DevelopmentTimeStamping;
import org.embassage.sealing.development.GatewayKeys;

/**
 * Makes whole homes with throw-away keys: each country's authority and party key live only as long as this call, so
 * nothing can be signed for these homes later.
 */
public final class DevelopmentHomes {

    private final Clock clock;
    private final SecureRandom random;

    public DevelopmentHomes(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes the homes of gateways that know each other.
     *
     * @throws java.nio.file.FileAlreadyExistsException if one of them is there already
     */
    public void make(List<HomePlan> plans) throws IOException {
        Map<String, DevelopmentPki> countries = new HashMap<>();
        for (HomePlan plan : plans) {
            countries.computeIfAbsent(plan.gateway().country(), country -> new DevelopmentPki(country, clock, random));
        }
        for (HomePlan plan : plans) {
            HomeFiles.make(plan, "development");
        }
        DevelopmentTimeStamping stamping = new DevelopmentTimeStamping(clock, random);
        for (HomePlan plan : plans) {
            trust(plan.home().resolve("trust").resolve("time-stamping"), "development", stamping);
        }
        String epoch = DateTimeFormatter.BASIC_ISO_DATE.format(
                clock.instant().atZone(ZoneOffset.UTC).toLocalDate());
        for (HomePlan plan : plans) {
            DevelopmentPki pki = pki(countries, plan.gateway().country());
            GatewayKeys keys = stamping.equip(pki.gateway(plan.gateway(), epoch));
            keys.writeTo(plan.home().resolve("keys"));
            byte[] card = CardFile.write(plan, keys, clock.instant());
            for (HomePlan each : plans) {
                Path file = each.home().resolve("peers").resolve(plan.gateway() + ".card.xml");
                HomeFiles.write(file, card);
                HomeFiles.write(file.resolveSibling(file.getFileName() + ".p7s"), pki.signDetached(card));
            }
        }
        for (HomePlan plan : plans) {
            for (Map.Entry<String, DevelopmentPki> country : countries.entrySet()) {
                trust(plan.home().resolve("trust"), country.getKey(), country.getValue());
            }
        }
        if (countries.size() > 1) {
            agreement(plans, countries);
        }
    }

    private static void trust(Path folder, String country, DevelopmentPki pki) throws IOException {
        HomeFiles.write(folder.resolve(country + ".pem"), text(KeyTexts.pem(pki.authority())));
        HomeFiles.write(folder.resolve(country + ".crl"), text(KeyTexts.pem(pki.crl())));
    }

    private static void trust(Path folder, String name, DevelopmentTimeStamping stamping) throws IOException {
        HomeFiles.write(folder.resolve(name + ".pem"), text(KeyTexts.pem(stamping.authority())));
        HomeFiles.write(folder.resolve(name + ".crl"), text(KeyTexts.pem(stamping.crl())));
    }

    private void agreement(List<HomePlan> plans, Map<String, DevelopmentPki> countries) throws IOException {
        Map<String, Digest> authorities = new HashMap<>();
        countries.forEach((country, pki) -> authorities.put(country, ParsedCertificates.digest(pki.authority())));
        AgreementFile agreement = new AgreementFile(
                authorities, plans.stream().map(HomePlan::gateway).toList(), clock.instant());
        byte[] content = agreement.write();
        for (HomePlan plan : plans) {
            Path file = plan.home().resolve("agreements").resolve(agreement.id() + ".v1.xml");
            HomeFiles.write(file, content);
            for (Map.Entry<String, DevelopmentPki> country : countries.entrySet()) {
                HomeFiles.write(
                        file.resolveSibling(file.getFileName() + "." + country.getKey() + ".p7s"),
                        country.getValue().signDetached(content));
            }
        }
    }

    private static DevelopmentPki pki(Map<String, DevelopmentPki> countries, String country) {
        return java.util.Objects.requireNonNull(countries.get(country));
    }

    private static byte[] text(String pem) {
        return pem.getBytes(StandardCharsets.US_ASCII);
    }
}
