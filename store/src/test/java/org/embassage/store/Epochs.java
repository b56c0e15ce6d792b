package org.embassage.store;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.embassage.evidence.Digest;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;

/** A key source in memory that has epoch keys only; the newest name is current. */
final class Epochs implements KeySource {

    private final Map<String, SecretKey> keys = new TreeMap<>();

    static Epochs of(String... names) {
        Epochs epochs = new Epochs();
        for (String name : names) {
            epochs.begin(name);
        }
        return epochs;
    }

    synchronized void begin(String name) {
        keys.put(name, new SecretKeySpec(Samples.digest("epoch " + name).bytes(), "AES"));
    }

    synchronized void destroy(String name) {
        keys.remove(name);
    }

    @Override
    public synchronized EpochKey currentEpoch() {
        return epoch(((TreeMap<String, SecretKey>) keys).lastKey());
    }

    @Override
    public synchronized EpochKey epoch(String name) {
        SecretKey key = keys.get(name);
        if (key == null) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        }
        return new EpochKey(name, key);
    }

    @Override
    public KeyEntry current(KeyUse use) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<KeyEntry> all(KeyUse use) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SecretKey intakeSecret() {
        return new SecretKeySpec(new byte[Digest.LENGTH], "HmacSHA256");
    }
}
