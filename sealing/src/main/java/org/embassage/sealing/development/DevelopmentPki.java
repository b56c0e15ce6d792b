package org.embassage.sealing.development;

import static org.embassage.sealing.development.Certificates.name;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.cms.Commitment;
import org.embassage.exchange.port.KeyUse;
import org.embassage.sealing.development.Certificates.Holder;
import org.embassage.sealing.development.Certificates.Profile;

/**
 * The throw-away public key infrastructure of one country: a CA, the party key that signs agreements and peer cards, a
 * CRL, and the keys of its gateways. Every certificate carries the {@link DevelopmentMark}. Valid from one hour ago,
 * for two years; CRLs for 30 days. Thread-safe.
 *
 * <p>Does not guarantee: any secrecy beyond the process that made it.
 */
public final class DevelopmentPki {

    private static final String FILE = "country.p12";
    private static final String AUTHORITY = "authority-1";
    private static final String PARTY = "party-1";

    private final String country;
    private final SecureRandom random;
    private final Certificates certificates;
    private final SecretStore store;
    private final Holder authority;
    private final Holder party;
    private final CadesSigner partySigner;

    /** Makes the CA and the party key. @param country its code, for example {@code QVL} */
    public DevelopmentPki(String country, Clock clock, SecureRandom random) {
        this(country, clock, random, fresh(country, new Certificates(clock, random), random));
    }

    private DevelopmentPki(String country, Clock clock, SecureRandom random, SecretStore store) {
        this.country = country;
        this.random = random;
        this.certificates = new Certificates(clock, random);
        this.store = store;
        this.authority = store.holder(AUTHORITY);
        this.party = store.holder(PARTY);
        this.partySigner = new CadesSigner(party.key(), party.certificate(), Optional.empty(), clock);
    }

    private static SecretStore fresh(String country, Certificates certificates, SecureRandom random) {
        Holder authority = certificates.selfSigned(name(country, country + " CA"), certificates.p256(), true);
        Holder party = certificates.issued(
                authority,
                name(country, country + " party"),
                certificates.p256(),
                Profile.seal("urn:embassage:party:" + country));
        SecretStore store = SecretStore.empty(random);
        store.add(AUTHORITY, authority);
        store.add(PARTY, party, authority.certificate());
        return store;
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IOException if a file is not there
     * @throws IllegalStateException if a file is damaged
     */
    public static DevelopmentPki readFrom(Path folder, String country, Clock clock, SecureRandom random)
            throws IOException {
        return new DevelopmentPki(country, clock, random, SecretStore.read(folder, FILE));
    }

    /**
     * Keeps the CA's and the party's key for later: another CRL, another agreement. Writes {@code country.p12} and
     * {@code password}, both readable by their owner only, and replaces nothing.
     *
     * @param folder made if it is not there; never a gateway's own {@code keys}
     * @throws java.nio.file.FileAlreadyExistsException if there are keys already
     */
    public void writeTo(Path folder) throws IOException {
        store.writeTo(folder, FILE);
    }

    /** The trust anchor: EC P-256, self-signed, path length 0. */
    public X509Certificate authority() {
        return authority.certificate();
    }

    /** The certificate of the party key; SAN {@code urn:embassage:party:<COUNTRY>}. */
    public X509Certificate party() {
        return party.certificate();
    }

    /** A fresh CRL of the CA. @param revoked certificates of this CA, revoked since an hour ago */
    public X509CRL crl(X509Certificate... revoked) {
        return certificates.crl(authority, List.of(revoked));
    }

    /**
     * Signs a file as the country: an agreement or a peer card.
     *
     * @param content the file's exact bytes
     * @return the content of its {@code .p7s}: DER, detached, CAdES B-B attributes without a commitment
     */
    public byte[] signDetached(byte[] content) {
        return partySigner.signDetached(content, Commitment.NONE);
    }

    /**
     * All keys of a new gateway: {@code seal-1}, {@code decrypt-1}, {@code tls-1} (EC P-256, issued by the CA),
     * {@code ssh-1} (EC P-256), {@code ledger-1} and {@code witness-1} (Ed25519), all self-signed, {@code intake} and one epoch key.
     *
     * @param id a gateway of this country
     * @param epoch the epoch's name: its date of creation, for example {@code 20261125}
     */
    public GatewayKeys gateway(GatewayId id, String epoch) {
        if (!id.country().equals(country)) {
            throw new IllegalArgumentException(id + " is not a gateway of " + country);
        }
        GatewayKeys keys = new GatewayKeys(id, SecretStore.empty(random));
        for (KeyUse use : KeyUse.values()) {
            keys.add(use, holder(id, use), authority.certificate());
        }
        keys.addSecrets(epoch, random);
        return keys;
    }

    /** The same keys and one more of the given use, which is then the current one. */
    public GatewayKeys rollOver(GatewayKeys keys, KeyUse use) {
        GatewayKeys more = keys.copy();
        more.add(use, holder(keys.gateway(), use), authority.certificate());
        return more;
    }

    private Holder holder(GatewayId id, KeyUse use) {
        String uri = "urn:embassage:gateway:" + id;
        var subject = name(country, id + " " + GatewayKeys.prefix(use));
        return switch (use) {
            case SEAL -> certificates.issued(authority, subject, certificates.p256(), Profile.seal(uri));
            case DECRYPT -> certificates.issued(authority, subject, certificates.p256(), Profile.decrypt(uri));
            case TLS -> certificates.issued(authority, subject, certificates.p256(), Profile.tls(uri));
            case SSH -> certificates.selfSigned(subject, certificates.p256(), false);
            case LEDGER, WITNESS -> certificates.selfSigned(subject, certificates.ed25519(), false);
        };
    }
}
