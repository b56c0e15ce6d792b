package org.embassage.exchange.send;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import org.embassage.evidence.Digest;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.KeySource;

/**
 * By what a record is known again: HMAC-SHA-256 under the intake secret over the origin record reference and the record's
 * bytes. Without the secret nothing can be guessed from it. Thread-safe.
 */
final class IntakeIdentity {

    private final KeySource keys;

    IntakeIdentity(KeySource keys) {
        this.keys = keys;
    }

    Digest of(String originRecordRef, byte[] record) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(keys.intakeSecret());
            mac.update(originRecordRef.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return Digest.of(mac.doFinal(record));
        } catch (GeneralSecurityException e) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE, e);
        }
    }
}
