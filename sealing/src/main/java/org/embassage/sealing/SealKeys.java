package org.embassage.sealing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.embassage.evidence.Digest;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.cms.Providers;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeySource.KeyEntry;
import org.embassage.exchange.port.KeyUse;
import org.jspecify.annotations.Nullable;

/** Signers for our seal keys, the current one first. Thread-safe. */
final class SealKeys {

    private final KeySource source;
    private final Clock clock;
    private final AtomicReference<@Nullable Prepared> prepared = new AtomicReference<>();

    SealKeys(KeySource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** @throws Broken KEY_UNAVAILABLE */
    CadesSigner current() {
        return signers().get(0);
    }

    /**
     * The signer of a certificate that may have been current a moment ago.
     *
     * @throws Broken KEY_UNAVAILABLE if we do not hold its key
     */
    CadesSigner of(Digest certificate) {
        return signers().stream()
                .filter(signer -> signer.certificateDigest().equals(certificate))
                .findFirst()
                .orElseThrow(() -> new Broken(FaultCode.KEY_UNAVAILABLE));
    }

    /** Prepared once for as long as the source hands out the same list. */
    private List<CadesSigner> signers() {
        List<KeyEntry> entries = source.all(KeyUse.SEAL);
        Prepared known = prepared.get();
        if (known != null && known.from() == entries) {
            return known.signers();
        }
        Prepared fresh =
                new Prepared(entries, entries.stream().map(this::signer).toList());
        prepared.set(fresh);
        return fresh.signers();
    }

    private CadesSigner signer(KeyEntry entry) {
        X509Certificate certificate = entry.certificate();
        return new CadesSigner(inBouncyCastle(entry.key()), certificate, Optional.empty(), clock);
    }

    /** Once, so that not every signature has to. */
    private static PrivateKey inBouncyCastle(PrivateKey key) {
        try {
            return (PrivateKey)
                    KeyFactory.getInstance("EC", Providers.bouncyCastle()).translateKey(key);
        } catch (GeneralSecurityException notEc) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        }
    }

    private record Prepared(List<KeyEntry> from, List<CadesSigner> signers) {}
}
