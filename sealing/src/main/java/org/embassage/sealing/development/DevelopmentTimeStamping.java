package org.embassage.sealing.development;

import static org.embassage.sealing.development.Certificates.name;

import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import org.embassage.sealing.development.Certificates.Holder;

/**
 * A throw-away authority for time-stamping that several countries believe: a CA of its own, beside those of the countries,
 * and a key for each gateway's embedded authority. Every certificate carries the {@link DevelopmentMark}. Valid as those of
 * {@link DevelopmentPki}. Thread-safe.
 */
public final class DevelopmentTimeStamping {

    private static final String OWNER = "EMBASSAGE";

    private final Certificates certificates;
    private final Holder authority;

    /** Makes the CA. */
    public DevelopmentTimeStamping(Clock clock, SecureRandom random) {
        this.certificates = new Certificates(clock, random);
        this.authority =
                certificates.selfSigned(name(OWNER, "Development time-stamping CA"), certificates.p256(), true);
    }

    /** The trust anchor: EC P-256, self-signed, path length 0. */
    public X509Certificate authority() {
        return authority.certificate();
    }

    /** A fresh CRL of the CA. @param revoked certificates of this CA, revoked since an hour ago */
    public X509CRL crl(X509Certificate... revoked) {
        return certificates.crl(authority, List.of(revoked));
    }

    /** A new key for time-stamping alone. */
    public Stamper stamper(String commonName) {
        Holder holder = certificates.timeStamping(authority, name(OWNER, commonName), certificates.p256());
        return new Stamper(holder.key(), holder.certificate());
    }

    /** The same keys and {@code tsa-1} for the gateway's embedded authority. */
    public GatewayKeys equip(GatewayKeys keys) {
        GatewayKeys more = keys.copy();
        Stamper stamper = stamper(keys.gateway() + " time-stamping");
        more.addTimeStamping(new Holder(stamper.key(), stamper.certificate()), authority());
        return more;
    }

    /** A key and its certificate. */
    public record Stamper(PrivateKey key, X509Certificate certificate) {
        @Override
        public String toString() {
            return "[secret]";
        }
    }
}
