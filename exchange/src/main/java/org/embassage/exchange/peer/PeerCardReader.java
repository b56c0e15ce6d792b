package org.embassage.exchange.peer;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.exchange.trust.Trust;
import org.embassage.schemas.SharedSchema;
import org.embassage.schemas.peercard.CertificateType;
import org.embassage.schemas.peercard.EndpointType;
import org.embassage.schemas.peercard.PeerCardType;
import org.jspecify.annotations.Nullable;

/**
 * Reads peer cards. A card counts only if it obeys its schema and rules, its country's party key signed exactly its bytes,
 * it has not ended, and every seal and encryption certificate in it is that gateway's own, under its country's authority.
 * Thread-safe.
 */
public final class PeerCardReader {

    private final Trust trust;

    public PeerCardReader(Trust trust) {
        this.trust = trust;
    }

    /**
     * Reads one card.
     *
     * @param card the exact bytes
     * @param signature detached CMS signature by the party key of the card's country
     */
    public Outcome read(byte[] card, byte[] signature, Instant now) {
        return SharedSchema.readPeerCard(card)
                .fold(
                        view -> judged(view, card, signature, now),
                        violations -> new Outcome.Unusable(
                                violations.stream().map(Object::toString).toList()));
    }

    private Outcome judged(PeerCardType view, byte[] card, byte[] signature, Instant now) {
        GatewayId gateway = new GatewayId(view.getGateway());
        List<String> problems = new ArrayList<>();
        if (!trust.signedByParty(card, signature, view.getCountry(), Optional.empty(), now)) {
            problems.add("the card is not signed by the party key of " + view.getCountry()
                    + " under an authority that is loaded for it");
        }
        if (now.isBefore(view.getIssued()) || !now.isBefore(view.getValidUntil())) {
            problems.add("the card is not valid now");
        }
        List<Peer.Activation> seal = certificates(view.getSealCertificate(), "SealCertificate", problems);
        List<Peer.Activation> encryption =
                certificates(view.getEncryptionCertificate(), "EncryptionCertificate", problems);
        ownedBy(gateway, seal, true, now, problems);
        ownedBy(gateway, encryption, false, now, problems);
        String origin = gateway.value() + "/receipts/";
        if (NoteVerifier.parse(view.getLedgerKey())
                .filter(key -> key.name().startsWith(origin))
                .isEmpty()) {
            problems.add("LedgerKey is not an Ed25519 verifier key named " + origin + "<epoch>");
        }
        String witness = gateway.value() + "/witness";
        if (view.getWitnessKey() != null
                && CosignatureVerifier.parse(view.getWitnessKey())
                        .filter(key -> key.name().equals(witness))
                        .isEmpty()) {
            problems.add("WitnessKey is not an Ed25519 cosigner's key named " + witness);
        }
        return problems.isEmpty()
                ? new Outcome.Known(peer(view, card, gateway, seal, encryption))
                : new Outcome.Unusable(problems);
    }

    private static Peer peer(
            PeerCardType view,
            byte[] card,
            GatewayId gateway,
            List<Peer.Activation> seal,
            List<Peer.Activation> encryption) {
        return new Peer(
                gateway,
                view.getNumber(),
                Digest.sha256(card),
                seal.stream().map(Peer.Activation::certificate).toList(),
                encryption,
                view.getTlsKey().stream().map(Digest::fromHex).toList(),
                view.getSshHostKey(),
                view.getSshUserKey(),
                view.getLedgerKey(),
                Optional.ofNullable(view.getWitnessKey()),
                endpoint(view.getJms()),
                endpoint(view.getSftp()));
    }

    private static List<Peer.Activation> certificates(
            List<CertificateType> written, String element, List<String> problems) {
        List<Peer.Activation> read = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            Optional<X509Certificate> certificate =
                    ParsedCertificates.parse(written.get(i).getValue());
            if (certificate.isPresent()) {
                read.add(new Peer.Activation(certificate.get(), written.get(i).getFrom()));
            } else {
                problems.add(element + "[" + (i + 1) + "] is not a certificate in DER");
            }
        }
        return read;
    }

    /** A certificate that has ended or was revoked since stays listed: old receipts name it. It is not believed now. */
    private void ownedBy(
            GatewayId gateway, List<Peer.Activation> listed, boolean seal, Instant now, List<String> problems) {
        boolean any = listed.stream()
                .map(Peer.Activation::certificate)
                .anyMatch(certificate ->
                        seal ? trust.seals(certificate, gateway, now) : trust.decrypts(certificate, gateway, now));
        if (!any) {
            problems.add("no " + (seal ? "seal" : "encryption") + " certificate of the card is " + gateway
                    + "'s own, good now, and under its country's authority");
        }
    }

    private static Optional<Peer.Endpoint> endpoint(@Nullable EndpointType endpoint) {
        return Optional.ofNullable(endpoint).map(there -> new Peer.Endpoint(there.getHost(), there.getPort()));
    }

    /** What reading found. */
    public sealed interface Outcome {
        record Known(Peer peer) implements Outcome {}

        /** @param problems rules, places and what is missing; no values beyond names of gateways */
        record Unusable(List<String> problems) implements Outcome {
            public Unusable {
                problems = List.copyOf(problems);
            }
        }

        default <T> T fold(Function<Known, T> good, Function<Unusable, T> bad) {
            return this instanceof Known known ? good.apply(known) : bad.apply((Unusable) this);
        }
    }
}
