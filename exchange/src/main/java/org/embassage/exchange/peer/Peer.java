package org.embassage.exchange.peer;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;

/**
 * What a verified peer card says of a gateway. It is signed by the gateway's country, so these keys may be trusted for
 * this gateway and for no other.
 *
 * @param id the gateway
 * @param cardNumber rises with each card; an older card never replaces a newer one
 * @param cardDigest SHA-256 of the card file's bytes
 * @param sealCertificates what it may sign messages and receipts with
 * @param encryptionCertificates to whom we encrypt; see {@link #encryptionCertificate}
 * @param tlsPins SHA-256 of the SubjectPublicKeyInfo of its TLS certificates
 * @param sshHostKeys of its SFTP server, OpenSSH text form {@code type base64}
 * @param sshUserKeys with which it logs in at ours, the same form
 * @param ledgerKey C2SP verifier key of its checkpoints
 * @param witnessKey C2SP verifier key of its cosignatures, where it cosigns
 * @param jms its broker, where it has one
 * @param sftp its SFTP server, where it has one
 */
public record Peer(
        GatewayId id,
        long cardNumber,
        Digest cardDigest,
        List<X509Certificate> sealCertificates,
        List<Activation> encryptionCertificates,
        List<Digest> tlsPins,
        List<String> sshHostKeys,
        List<String> sshUserKeys,
        String ledgerKey,
        Optional<String> witnessKey,
        Optional<Endpoint> jms,
        Optional<Endpoint> sftp) {

    public Peer {
        sealCertificates = List.copyOf(sealCertificates);
        encryptionCertificates = List.copyOf(encryptionCertificates);
        tlsPins = List.copyOf(tlsPins);
        sshHostKeys = List.copyOf(sshHostKeys);
        sshUserKeys = List.copyOf(sshUserKeys);
    }

    /** The same with another name of the ledger's key: a ledger keeps its key when it begins a new epoch. */
    public Peer withLedgerKey(String vkey) {
        return new Peer(
                id,
                cardNumber,
                cardDigest,
                sealCertificates,
                encryptionCertificates,
                tlsPins,
                sshHostKeys,
                sshUserKeys,
                vkey,
                witnessKey,
                jms,
                sftp);
    }

    /** The newest encryption certificate that is active at {@code now}. */
    public X509Certificate encryptionCertificate(Instant now) {
        return encryptionCertificates.stream()
                .filter(candidate -> !candidate.from().isAfter(now))
                .max((a, b) -> a.from().compareTo(b.from()))
                .orElseThrow(() -> new IllegalStateException(id + " has no encryption certificate that is active"))
                .certificate();
    }

    /** A certificate and the time from which it may be used, UTC. */
    public record Activation(X509Certificate certificate, Instant from) {}

    /** A host name or address and a TCP port. */
    public record Endpoint(String host, int port) {}
}
