package org.embassage.scenarios.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.cms.ParsedCertificates;

/**
 * Turns development homes into homes under {@code profile: production}: all keys, cards and signatures are made anew by {@code
 * keys-dev/make-keys.sh}, without the mark of development, and the agreement is signed by openssl.
 */
final class ProductionHomes {

    private static final Pattern PLACE = Pattern.compile("<(Jms|Sftp) host=\"127.0.0.1\" port=\"([0-9]+)\"/>");
    private static final List<GatewayId> GATEWAYS = List.of(Neighbours.BORDER_GUARD, Neighbours.POLICE);

    private final Path folder;
    private final Path keys;

    /** @param folder of the homes of QVL-BG and QOS-POL */
    private ProductionHomes(Path folder) {
        this.folder = folder;
        this.keys = folder.resolve("keys");
    }

    /** @param stamping the group {@code time-stamping} of gateway.yaml, indented by two */
    static void make(Path folder, String stamping) {
        try {
            new ProductionHomes(folder).make(stamping);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the keys of the time-stamping authority are. */
    static Path stampingKeys(Path folder) {
        return folder.resolve("keys/tsa/secrets");
    }

    private void make(String stamping) throws IOException {
        makeKeys();
        for (GatewayId gateway : GATEWAYS) {
            Path home = folder.resolve(gateway.value());
            Path agreement = onlyFile(home.resolve("agreements"), ".xml");
            String terms = Files.readString(agreement);
            for (GatewayId each : GATEWAYS) {
                terms = terms.replace(
                        authority(home.resolve("trust").resolve(each.country() + ".pem")),
                        authority(made(gateway).resolve("trust").resolve(each.country() + ".pem")));
            }
            Files.writeString(agreement, terms);
            for (GatewayId each : GATEWAYS) {
                sign(agreement, each.country());
            }
            for (String part : List.of("keys", "trust", "peers")) {
                replace(made(gateway).resolve(part), home.resolve(part));
            }
            Path yaml = home.resolve("gateway.yaml");
            String text = Files.readString(yaml);
            Files.writeString(
                    yaml,
                    text.replace("profile: development", "profile: production")
                            .replaceFirst("time-stamping:.*\n(  .*\n)+", "time-stamping:\n" + stamping));
        }
    }

    private void makeKeys() throws IOException {
        String script = Files.readString(Path.of("..", "keys-dev", "make-keys.sh"));
        String unmarked = script.replace("/OU=DEVELOPMENT ONLY", "/OU=SYNTHETIC");
        assertThat(unmarked).isNotEqualTo(script);
        for (String place : List.of("Jms", "Sftp")) {
            String at = place.equals("Jms") ? "broker" : "sftp";
            String port = place.toLowerCase(Locale.ROOT) + "_port";
            String wanted = "host=\\\"$small-" + at + "\\\" port=\\\"$" + port + "\\\"";
            assertThat(unmarked).contains(wanted);
            unmarked = unmarked.replace(wanted, "host=\\\"127.0.0.1\\\" port=\\\"$(cat \"$out/$1." + place + "\")\\\"");
        }
        Files.createDirectories(keys);
        for (GatewayId gateway : GATEWAYS) {
            Path card = folder.resolve(gateway.value()).resolve("peers").resolve(gateway + ".card.xml");
            Matcher places = PLACE.matcher(Files.readString(card));
            while (places.find()) {
                Files.writeString(keys.resolve(gateway + "." + places.group(1)), places.group(2));
            }
        }
        Path copy = folder.resolve("make-keys.sh");
        Files.writeString(copy, unmarked);
        run("sh", copy.toString(), keys.toString());
    }

    private Path made(GatewayId gateway) {
        return place(gateway.country()).resolve("home");
    }

    private Path place(String country) {
        return keys.resolve(country.toLowerCase(Locale.ROOT));
    }

    private static String authority(Path pem) throws IOException {
        try (var in = Files.newInputStream(pem)) {
            var certificate =
                    java.security.cert.CertificateFactory.getInstance("X.509").generateCertificate(in);
            return ParsedCertificates.digest((java.security.cert.X509Certificate) certificate)
                    .hex();
        } catch (java.security.cert.CertificateException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private void sign(Path agreement, String country) {
        Path party = place(country).resolve("secrets/authority").resolve(country + "-party");
        run(
                "openssl",
                "cms",
                "-sign",
                "-cades",
                "-binary",
                "-nosmimecap",
                "-md",
                "sha256",
                "-outform",
                "DER",
                "-in",
                agreement.toString(),
                "-out",
                agreement + "." + country + ".p7s",
                "-signer",
                party + ".pem",
                "-inkey",
                party + ".key");
    }

    private static Path onlyFile(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(ending)).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static void replace(Path from, Path to) throws IOException {
        Neighbours.clear(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private void run(String... command) {
        try {
            Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
