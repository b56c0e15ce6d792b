package org.embassage.sealing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;

/**
 * The keys of one gateway, read from a PKCS#12 (RFC 7292) into memory. Aliases: {@code seal-N}, {@code decrypt-N},
 * {@code tls-N}, {@code ssh-N}, {@code ledger-N}, {@code witness-N}, the highest number being the current key; {@code intake}; and
 * {@code epoch-NAME}, the name that sorts last being the current epoch. Other aliases are ignored. Immutable.
 */
final class KeyRing implements KeySource {

    private static final Pattern NUMBERED = Pattern.compile("([a-z]+)-([0-9]{1,6})");
    private static final String INTAKE = "intake";
    /** What the alias of an epoch's key begins with. */
    static final String EPOCH = "epoch-";

    private static final int SECRET_OCTETS = 32;

    private final Map<KeyUse, List<KeyEntry>> entries = new EnumMap<>(KeyUse.class);
    private final TreeMap<String, SecretKey> epochs = new TreeMap<>();
    private final Optional<SecretKey> intake;

    private KeyRing(KeyStore store, char[] password) throws GeneralSecurityException {
        for (KeyUse use : KeyUse.values()) {
            entries.put(use, entries(store, password, use));
        }
        for (String alias : aliases(store)) {
            if (alias.startsWith(EPOCH)) {
                secret(store, password, alias, "AES")
                        .ifPresent(key -> epochs.put(alias.substring(EPOCH.length()), key));
            }
        }
        this.intake = secret(store, password, INTAKE, "HmacSHA256");
    }

    /**
     * Reads all keys.
     *
     * @throws Broken KEY_UNAVAILABLE if it is not a PKCS#12, or the password is another
     */
    static KeyRing read(byte[] pkcs12, char[] password) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(pkcs12), password);
            return new KeyRing(store, password);
        } catch (GeneralSecurityException | IOException | RuntimeException unreadable) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        }
    }

    @Override
    public KeyEntry current(KeyUse use) {
        return all(use).get(0);
    }

    @Override
    public List<KeyEntry> all(KeyUse use) {
        List<KeyEntry> found = entries.getOrDefault(use, List.of());
        if (found.isEmpty()) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        }
        return found;
    }

    @Override
    public SecretKey intakeSecret() {
        return intake.orElseThrow(() -> new Broken(FaultCode.KEY_UNAVAILABLE));
    }

    @Override
    public EpochKey currentEpoch() {
        if (epochs.isEmpty()) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        }
        return epoch(epochs.lastKey());
    }

    @Override
    public EpochKey epoch(String name) {
        return new EpochKey(
                name, Optional.ofNullable(epochs.get(name)).orElseThrow(() -> new Broken(FaultCode.KEY_UNAVAILABLE)));
    }

    /** The names of all epochs, oldest first. */
    List<String> epochs() {
        return List.copyOf(epochs.keySet());
    }

    private static List<KeyEntry> entries(KeyStore store, char[] password, KeyUse use) throws GeneralSecurityException {
        String prefix = use.name().toLowerCase(Locale.ROOT);
        List<Numbered> found = new ArrayList<>();
        for (String alias : aliases(store)) {
            Matcher matcher = NUMBERED.matcher(alias);
            if (matcher.matches()
                    && matcher.group(1).equals(prefix)
                    && store.getKey(alias, password) instanceof PrivateKey key) {
                found.add(new Numbered(Integer.parseInt(matcher.group(2)), new KeyEntry(key, chain(store, alias))));
            }
        }
        return found.stream()
                .sorted(Comparator.comparingInt(Numbered::number).reversed())
                .map(Numbered::entry)
                .toList();
    }

    /** Without a self-signed issuer: trust anchors come from elsewhere. */
    private static List<X509Certificate> chain(KeyStore store, String alias) throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : store.getCertificateChain(alias)) {
            X509Certificate x509 = (X509Certificate) certificate;
            boolean selfSigned = x509.getSubjectX500Principal().equals(x509.getIssuerX500Principal());
            if (chain.isEmpty() || !selfSigned) {
                chain.add(x509);
            }
        }
        return chain;
    }

    private static Optional<SecretKey> secret(KeyStore store, char[] password, String alias, String algorithm)
            throws GeneralSecurityException {
        Key key = store.getKey(alias, password);
        if (!(key instanceof SecretKey) || key.getEncoded().length != SECRET_OCTETS) {
            return Optional.empty();
        }
        return Optional.of(new SecretKeySpec(key.getEncoded(), algorithm));
    }

    private static List<String> aliases(KeyStore store) throws GeneralSecurityException {
        List<String> aliases = new ArrayList<>();
        store.aliases().asIterator().forEachRemaining(alias -> aliases.add(alias.toLowerCase(Locale.ROOT)));
        return aliases;
    }

    private record Numbered(int number, KeyEntry entry) {}
}
