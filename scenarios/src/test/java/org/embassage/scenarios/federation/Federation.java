package org.embassage.scenarios.federation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.exchange.agreement.Agreement;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.agreement.AgreementReader;
import org.embassage.exchange.peer.CardDirectory;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerCardReader;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.trust.Trust;
import org.embassage.sealing.development.DevelopmentPki;
import org.embassage.sealing.development.GatewayKeys;

/** Velmark with one gateway and Ostrana with two, an agreement that both signed, and everybody's signed cards. */
final class Federation implements AutoCloseable {

    static final GatewayId BORDER_GUARD = new GatewayId("QVL-BG");
    static final GatewayId POLICE = new GatewayId("QOS-POL");
    static final GatewayId BORDER_POLICE = new GatewayId("QOS-BP");

    final MovedClock clock = new MovedClock(Instant.parse("2031-06-01T12:00:00Z"));
    final Map<String, DevelopmentPki> countries = new HashMap<>();
    final Map<GatewayId, GatewayKeys> keys = new HashMap<>();
    final Map<GatewayId, Desk> desks = new HashMap<>();
    final Map<GatewayId, Gateway> gateways = new HashMap<>();
    final Trust trust;
    private final List<Gateway.Letter> undelivered = new ArrayList<>();
    private final Path folder;
    private final List<Peer> cards = new ArrayList<>();
    private AgreementBook book;

    Federation(Path folder) {
        this(folder, agreement -> agreement);
    }

    /** @param terms changes the text of the agreement before it is signed */
    Federation(Path folder, UnaryOperator<String> terms) {
        this.folder = folder;
        for (String country : List.of("QVL", "QOS")) {
            countries.put(country, new DevelopmentPki(country, clock, new SecureRandom()));
        }
        Map<String, List<X509Certificate>> authorities = new HashMap<>();
        countries.forEach((country, pki) -> authorities.put(country, List.of(pki.authority())));
        this.trust = new Trust(
                authorities, countries.values().stream().map(pki -> pki.crl()).toList());
        for (GatewayId id : List.of(BORDER_GUARD, POLICE, BORDER_POLICE)) {
            enroll(id);
        }
        this.book = new AgreementBook(List.of(sign(terms.apply(agreementText()))));
        for (GatewayId id : List.of(BORDER_GUARD, POLICE, BORDER_POLICE)) {
            desks.put(id, new Desk());
            start(id);
        }
    }

    private void enroll(GatewayId id) {
        GatewayKeys made = countries.get(id.country()).gateway(id, "20310601");
        keys.put(id, made);
        Path home = folder.resolve(id.value());
        try {
            Files.createDirectories(home);
            Files.write(home.resolve("gateway.p12"), made.pkcs12());
            Files.writeString(home.resolve("password"), made.password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] card = cardText(id, made, 1).getBytes(StandardCharsets.UTF_8);
        cards.add(new PeerCardReader(trust)
                .read(card, countries.get(id.country()).signDetached(card), clock.instant())
                .fold(known -> known.peer(), unusable -> {
                    throw new IllegalStateException(unusable.problems().toString());
                }));
    }

    /** Starts a gateway, or starts it again over what it left. */
    Gateway start(GatewayId id) {
        Gateway running = gateways.get(id);
        if (running != null) {
            running.close();
        }
        List<GatewayId> recipients = id.equals(BORDER_GUARD) ? List.of(POLICE, BORDER_POLICE) : List.of(BORDER_GUARD);
        Gateway started = new Gateway(
                folder.resolve(id.value()),
                new CardDirectory(id, cards),
                trust,
                book,
                Documents.feed(recipients),
                desks.get(id),
                clock);
        gateways.put(id, started);
        return started;
    }

    /** A gateway that was put back from a backup, as it stands still; its post is brought to it by {@link #deliver} alone. */
    Standing stand(GatewayId id) {
        return new Standing(folder.resolve(id.value()), new CardDirectory(id, cards), clock);
    }

    /** Another process with a gateway's keys, over a home of its own; no post is brought to it by itself. */
    Gateway twin(GatewayId id, Path home) {
        List<GatewayId> recipients = id.equals(BORDER_GUARD) ? List.of(POLICE, BORDER_POLICE) : List.of(BORDER_GUARD);
        return new Gateway(
                home, new CardDirectory(id, cards), trust, book, Documents.feed(recipients), new Desk(), clock);
    }

    /**
     * A second process over a copy of all that a gateway has, which goes on too: two histories with one key.
     *
     * @return the second; the first was started again
     */
    Gateway fork(GatewayId id, Path copy) throws IOException {
        Gateway running = gateway(id);
        running.close();
        try (Stream<Path> files = Files.walk(running.home)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(running.home.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        start(id);
        return twin(id, copy);
    }

    /** Only these two speak; what is for others is lost. */
    static void converse(Gateway one, Gateway other) {
        for (int round = 0; round < 20; round++) {
            one.work();
            other.work();
            List<Gateway.Letter> letters = new ArrayList<>(one.post);
            letters.addAll(other.post);
            one.post.clear();
            other.post.clear();
            letters.removeIf(
                    letter -> !letter.to().equals(one.id) && !letter.to().equals(other.id));
            if (letters.isEmpty()) {
                return;
            }
            letters.forEach(letter -> (letter.to().equals(one.id) ? one : other).accept(letter));
        }
        throw new IllegalStateException("post never ends");
    }

    /** From now on nothing can be translated to the domestic format of this gateway. */
    void unrenderable(GatewayId id) {
        desks.get(id).unrenderable = true;
    }

    /** All gateways go on under other agreements. */
    void agree(String... texts) {
        List<Agreement> signed = new ArrayList<>();
        for (String text : texts) {
            signed.add(sign(text));
        }
        this.book = new AgreementBook(signed);
        List.copyOf(gateways.keySet()).forEach(this::start);
    }

    Gateway gateway(GatewayId id) {
        return gateways.get(id);
    }

    /** Everybody works and all post is delivered, until no post is left. */
    void settle() {
        for (int round = 0; round < 20; round++) {
            gateways.values().forEach(Gateway::work);
            if (deliver() == 0) {
                return;
            }
        }
        throw new IllegalStateException("post never ends");
    }

    int deliver() {
        List<Gateway.Letter> letters = new ArrayList<>();
        gateways.values().forEach(gateway -> {
            letters.addAll(gateway.post);
            gateway.post.clear();
        });
        undelivered.addAll(letters);
        int delivered = undelivered.size();
        while (!undelivered.isEmpty()) {
            Gateway.Letter letter = undelivered.get(0);
            gateway(letter.to()).accept(letter);
            undelivered.remove(0); // acknowledged only now: who dies before gets it again
        }
        return delivered;
    }

    Agreement sign(String text) {
        byte[] file = text.getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> signatures = new HashMap<>();
        countries.forEach((country, pki) -> signatures.put(country, pki.signDetached(file)));
        return new AgreementReader(trust)
                .read(file, signatures, clock.instant())
                .fold(signed -> signed.agreement(), unusable -> {
                    throw new IllegalStateException(unusable.problems().toString());
                });
    }

    String agreementText() {
        String service = """
                <Subjects allow="SUSPECT CONVICTED VICTIM MISSING THIRD_PARTY" minors="REFUSE"/>
                    <Handling allowed="H0 H1 H2" floor="H0"/>
                    <Onward code="WITH_CONSENT"/>
                    <EvidenceUse code="WITH_CONSENT"/>
                    <Service transport="JMS" maxDeliverySeconds="60" priority="URGENT" expiresAfterSeconds="86400"/>
                    <Retention days="1461"/>
                    <Release mode="AUTO"/>
                    <Exercise allowed="true"/>
                """.strip();
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <Agreement xmlns="urn:embassage:agreement:1" id="QVL-QOS-2031-01" version="1">
                  <LegalBasis ref="SYNTHETIC: MoU Velmark-Ostrana 2030/7 art. 4-9"/>
                  <Party code="QVL" ca="%s"><Agency code="QVL-BG" role="SENDER RECEIVER"/></Party>
                  <Party code="QOS" ca="%s">
                    <Agency code="QOS-POL" role="SENDER RECEIVER"/>
                    <Agency code="QOS-BP" role="SENDER RECEIVER"/>
                  </Party>
                  <Validity from="2031-01-01T00:00:00Z" until="2035-12-31T23:59:59Z"/>
                  <Timing mergeDelaySeconds="60" returnWindowSeconds="3600" clockSkewSeconds="120"/>
                  <Crypto suites="GW-CMS-1"/>
                  <Rule id="R1" kind="VehicleAlert" from="QVL" to="QOS" purposes="DETECT" schema="1.0">
                    <Strip path="Vehicle/EngineNumberID"/>
                    %s
                  </Rule>
                  <Rule id="R2" kind="DocumentAlert" from="QVL" to="QOS-BP" purposes="BORDER_CONTROL" schema="1.0">
                    <Strip path="Holder"/>
                    %s
                  </Rule>
                  <Rule id="R3" kind="VehicleAlert" from="QOS" to="QVL" purposes="DETECT" schema="1.0">
                    %s
                  </Rule>
                </Agreement>
                """.formatted(authority("QVL"), authority("QOS"), service, service, service);
    }

    private String authority(String country) {
        return ParsedCertificates.digest(countries.get(country).authority()).hex();
    }

    static String cardText(GatewayId id, GatewayKeys keys, int number) {
        String vkey = NoteVerifier.of(
                        id.value() + "/receipts/1",
                        keys.certificate(KeyUse.LEDGER).getPublicKey())
                .vkey();
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <PeerCard xmlns="urn:embassage:peer-card:1" number="%d" gateway="%s" country="%s"
                          issued="2031-06-01T00:00:00Z" validUntil="2032-01-01T00:00:00Z">
                  <Agency>SYNTHETIC</Agency>
                  <SealCertificate from="2031-06-01T00:00:00Z">%s</SealCertificate>
                  <EncryptionCertificate from="2031-06-01T00:00:00Z">%s</EncryptionCertificate>
                  <TlsKey>%s</TlsKey>
                  <SshHostKey>ssh-ed25519 AAAA</SshHostKey>
                  <SshUserKey>ssh-ed25519 AAAA</SshUserKey>
                  <LedgerKey>%s</LedgerKey>
                  <WitnessKey>%s</WitnessKey>
                  <Jms host="localhost" port="1"/>
                  <SchemaVersion>1.0</SchemaVersion>
                </PeerCard>
                """.formatted(
                number,
                id,
                id.country(),
                der(keys.certificate(KeyUse.SEAL)),
                der(keys.certificate(KeyUse.DECRYPT)),
                Digest.sha256(keys.certificate(KeyUse.TLS).getPublicKey().getEncoded())
                        .hex(),
                vkey,
                CosignatureVerifier.of(
                                id.value() + "/witness",
                                keys.certificate(KeyUse.WITNESS).getPublicKey())
                        .vkey());
    }

    private static String der(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        gateways.values().forEach(Gateway::close);
    }
}
