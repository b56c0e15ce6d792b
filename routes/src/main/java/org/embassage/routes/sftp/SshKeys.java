package org.embassage.routes.sftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.peer.Peer.Endpoint;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;

/** SSH keys in the forms that the server and the client want. */
final class SshKeys {

    private SshKeys() {}

    /** This gateway's key: host key of its server and its login at peers'. */
    static KeyPair own(KeySource keys) {
        KeySource.KeyEntry entry = keys.current(KeyUse.SSH);
        return new KeyPair(entry.certificate().getPublicKey(), entry.key());
    }

    /**
     * The login key in the form that the client reads: OpenSSH's own, in memory only. PKCS#8 as Java writes it lacks the
     * public point, without which JSch refuses an EC key.
     */
    static byte[] login(KeySource keys) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(own(keys), null, null, out);
        } catch (IOException | GeneralSecurityException e) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        }
        return out.toByteArray();
    }

    /** The OpenSSH text form, {@code type base64}. */
    static String text(PublicKey key) {
        return PublicKeyEntry.toString(key);
    }

    /** @param text {@code type base64}; nothing if it is of a kind that is not supported */
    static Optional<PublicKey> parse(String text) {
        try {
            return Optional.ofNullable(PublicKeyEntry.parsePublicKeyEntry(text).resolvePublicKey(null, null, null));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The content of a known-hosts file that knows one server. Without keys it knows none, so nobody is believed. */
    static byte[] knownHosts(Endpoint server, List<String> hostKeys) {
        String name = server.port() == 22 ? server.host() : "[" + server.host() + "]:" + server.port();
        return hostKeys.stream()
                .map(key -> name + " " + key + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.US_ASCII);
    }
}
