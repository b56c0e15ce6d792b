package org.embassage.evidence.bundle;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.cms.CadesAugmenter;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.cms.CadesVerifier;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.evidence.ledger.ChallengeOpening;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.LedgerSlice;
import org.embassage.evidence.ledger.MerkleTree;
import org.embassage.evidence.ledger.TlogProof;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;

/**
 * Gathers what belongs into an evidence bundle and writes it. Everything is taken as it was stored; nothing is judged
 * beyond what is needed to name the file. The same content gives the same bytes, but for the exporter's signature. Not
 * thread-safe.
 */
public final class BundleWriter {

    private final GatewayId exporter;
    private final Instant exported;
    private final String asked;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final SortedMap<ExchangeId, Digest> exchanges = new TreeMap<>();
    private final List<Receipt> receipts = new ArrayList<>();
    private final Map<String, SortedSet<Long>> checkpointSizes = new TreeMap<>();
    private Optional<Completeness> stated = Optional.empty();
    private Optional<Shown> shown = Optional.empty();

    /**
     * @param exporter the gateway that exports
     * @param exported now; written in whole seconds
     * @param asked the question in printable ASCII, for example {@code exchange 0193…}; no personal data
     */
    public BundleWriter(GatewayId exporter, Instant exported, String asked) {
        this.exporter = exporter;
        this.exported = exported;
        this.asked = asked;
    }

    /**
     * A receipt, issued by whichever side.
     *
     * @param container the ASiC-E bytes
     * @param proof its tlog-proof in the issuer's ledger; replaces one that is in the container
     * @throws IllegalArgumentException if the container is not whole
     */
    public BundleWriter receipt(byte[] container, Optional<String> proof) {
        byte[] proven =
                proof.map(text -> ReceiptReader.withProof(container, text)).orElse(container);
        ReceiptReader.Reading.Read read = ReceiptReader.read(proven).fold(good -> good, bad -> {
            throw new IllegalArgumentException("a receipt that is not whole: " + bad.problem());
        });
        Receipt receipt = read.receipt();
        files.put(BundlePath.receipt(receipt.id()), proven);
        receipts.add(receipt);
        extracts(receipt.id(), proven);
        certificate(read.signer());
        if (receipt.evidence().subject() instanceof Subject.OfExchange of) {
            receipt.evidence()
                    .digests()
                    .map(MessageDigests::outer)
                    .ifPresent(outer -> exchanges.putIfAbsent(of.exchange(), outer));
        }
        ShownNotes.of(receipt, read.proof()).forEach(this::noticeSize);
        return this;
    }

    private void extracts(EvidenceId receipt, byte[] container) {
        Extracts extracts = Extracts.of(container)
                .orElseThrow(() -> new IllegalArgumentException("a receipt with more than one time-stamp token"));
        files.put(BundlePath.signatureExtract(receipt), extracts.signature());
        extracts.token().ifPresent(token -> files.put(BundlePath.tokenExtract(receipt), token));
    }

    /** Proof that {@code holder} has a receipt of its peer in its own ledger, as a "received" leaf. */
    public BundleWriter receivedProof(EvidenceId receipt, GatewayId holder, String tlogProof) {
        files.put(BundlePath.receivedProof(receipt, holder), tlogProof.getBytes(StandardCharsets.UTF_8));
        TlogProof.parse(tlogProof).ifPresent(parsed -> noticeSize(parsed.note()));
        return this;
    }

    /** A gateway's peer card and the detached signature of its country's party key, both verbatim. */
    public BundleWriter card(GatewayId gateway, long number, byte[] card, byte[] signature) {
        String path = BundlePath.card(gateway, number);
        files.put(path, card.clone());
        files.put(path + ".p7s", signature.clone());
        return this;
    }

    /**
     * An agreement, verbatim.
     *
     * @param signatures by the party's country code
     */
    public BundleWriter agreement(String id, int version, byte[] agreement, Map<String, byte[]> signatures) {
        String path = BundlePath.agreement(id, version);
        files.put(path, agreement.clone());
        signatures.forEach((party, signature) -> files.put(path + "." + party + ".p7s", signature.clone()));
        return this;
    }

    /** A CA certificate or a signer's. The signers of the receipts are put in without being asked. */
    public BundleWriter certificate(X509Certificate certificate) {
        try {
            files.put(
                    BundlePath.certificate(ParsedCertificates.digest(certificate)),
                    Pem.write("CERTIFICATE", certificate.getEncoded()));
            return this;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a certificate without an encoding", e);
        }
    }

    /** A revocation list. */
    public BundleWriter crl(X509CRL crl) {
        try {
            byte[] der = crl.getEncoded();
            files.put(BundlePath.crl(Digest.sha256(der)), Pem.write("X509 CRL", der));
            return this;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a revocation list without an encoding", e);
        }
    }

    /**
     * A checkpoint that {@code holder} keeps: its own or a peer's.
     *
     * @throws IllegalArgumentException if it is not a checkpoint
     */
    public BundleWriter note(GatewayId holder, String note) {
        Checkpoint checkpoint = checkpoint(note);
        GatewayId ledger = ledger(checkpoint);
        byte[] octets = note.getBytes(StandardCharsets.UTF_8);
        files.put(BundlePath.note(holder, ledger, checkpoint.size(), Digest.sha256(octets)), octets);
        noticeSize(note);
        return this;
    }

    /** How a ledger began a new epoch; without it nobody believes a checkpoint of that epoch. */
    public BundleWriter epoch(EpochBeginning beginning) {
        files.put(BundlePath.epoch(beginning.origin()), beginning.text().getBytes(StandardCharsets.UTF_8));
        ShownNotes.of(beginning).forEach(this::noticeSize);
        return this;
    }

    /**
     * A time-stamp token over a checkpoint which the ledger's own gateway keeps. The note is put in with it.
     *
     * @param note exactly the octets that the token is over; cosigned or not
     * @param token a DER TimeStampToken (RFC 3161) over the SHA-256 of the note
     * @throws IllegalArgumentException if the note is not a checkpoint
     */
    public BundleWriter anchor(String note, byte[] token) {
        Checkpoint checkpoint = checkpoint(note);
        GatewayId ledger = ledger(checkpoint);
        files.put(
                BundlePath.anchor(ledger, checkpoint.size(), Digest.sha256(note.getBytes(StandardCharsets.UTF_8))),
                token.clone());
        return note(ledger, note);
    }

    /**
     * The signed answer of {@code ledger} to a challenge by {@code holder}, who keeps it.
     *
     * @param answer a C2SP signed note
     * @param opening of the challenge's nonce, which proves what the holder held before
     */
    public BundleWriter answer(GatewayId holder, GatewayId ledger, String answer, String opening) {
        byte[] octets = answer.getBytes(StandardCharsets.UTF_8);
        String path = BundlePath.answer(holder, ledger, Digest.sha256(octets));
        files.put(path, octets);
        files.put(
                path.substring(0, path.length() - "note".length()) + "opening",
                opening.getBytes(StandardCharsets.UTF_8));
        ChallengeOpening.parse(opening).flatMap(ChallengeOpening::note).ifPresent(this::noticeSize);
        return this;
    }

    /** A consistency proof between two checkpoints that are in the bundle: of the own ledger, or a peer's that was kept. */
    public BundleWriter consistency(ConsistencyProof proof) {
        files.put(BundlePath.consistency(proof), proof.octets());
        return this;
    }

    /**
     * Proves, from a ledger's own tree, that all its checkpoints which were given so far continue each other. To be
     * called after the receipts and notes.
     */
    public BundleWriter continuity(String origin, MerkleTree tree) {
        long before = 0;
        for (long size : checkpointSizes.getOrDefault(origin, new TreeSet<>())) {
            if (before > 0 && size <= tree.size()) {
                consistency(new ConsistencyProof(origin, before, size, tree.consistencyProof(before, size)));
            }
            before = size;
        }
        return this;
    }

    /**
     * All entries of a stretch of the exporter's ledger; one in a bundle. The checkpoint of the slice's size is put in with
     * {@link #note}.
     */
    public BundleWriter slice(LedgerSlice slice) {
        files.put(BundlePath.leaves(slice.origin(), slice.from(), slice.to()), slice.octets());
        shown = Optional.of(new Shown(slice.origin(), slice.from(), slice.to(), slice.size()));
        return this;
    }

    /**
     * The statement that nothing of the slice is missing from the bundle; one in a bundle. Every receipt for which it calls
     * is put in with {@link #receipt}: check 24 says which these are (docs/formats/bundle.md, "Completeness").
     */
    public BundleWriter completeness(Completeness statement) {
        files.put(BundlePath.COMPLETENESS, statement.octets());
        stated = Optional.of(statement);
        return this;
    }

    private record Shown(String origin, long from, long to, long size) {}

    /** A statement that check 24 would refuse at first sight is not written. */
    private void requireStated() {
        boolean fits = stated.isPresent() == shown.isPresent();
        if (stated.isPresent() && shown.isPresent()) {
            Completeness statement = stated.get();
            Shown slice = shown.get();
            fits = statement.gateway().equals(exporter)
                    && statement.origin().equals(slice.origin())
                    && statement.from() == slice.from()
                    && statement.to() == slice.to()
                    && sizes(slice.origin()).contains(slice.size());
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "a statement needs the slice of the exporter's ledger that it is about, and a checkpoint of its size");
        }
    }

    /** The encrypted message of an exchange exactly as it travelled. Optional: its digest is in the receipts. */
    public BundleWriter sealedMessage(ExchangeId exchange, byte[] message) {
        files.put(BundlePath.message(exchange), message.clone());
        return this;
    }

    private static Checkpoint checkpoint(String note) {
        return Checkpoint.unverified(note)
                .orElseThrow(() -> new IllegalArgumentException("a note that is no checkpoint"));
    }

    private static GatewayId ledger(Checkpoint checkpoint) {
        return new GatewayId(checkpoint.origin().split("/", -1)[0]);
    }

    /** The sizes of a ledger's checkpoints that were put in so far, in notes, proofs, receipts and openings. */
    public SortedSet<Long> sizes(String origin) {
        return new TreeSet<>(checkpointSizes.getOrDefault(origin, new TreeSet<>()));
    }

    /** The gateways that the receipts which were put in so far name: as issuer, sender or recipient. */
    public SortedSet<GatewayId> gateways() {
        SortedSet<GatewayId> named = new TreeSet<>();
        for (Receipt receipt : receipts) {
            Evidence evidence = receipt.evidence();
            named.add(evidence.issuer());
            named.add(evidence.sender());
            evidence.recipient().ifPresent(named::add);
        }
        return named;
    }

    private void noticeSize(String note) {
        Checkpoint.unverified(note)
                .filter(checkpoint -> checkpoint.size() > 0)
                .ifPresent(checkpoint -> checkpointSizes
                        .computeIfAbsent(checkpoint.origin(), origin -> new TreeSet<>())
                        .add(checkpoint.size()));
    }

    /**
     * The bundle.
     *
     * @param seal signs the index as the exporter; absent: the index is unsigned, which the verifier says
     * @throws IllegalArgumentException if a file's place is not one that a bundle has
     */
    public byte[] write(Optional<CadesSigner> seal) {
        return write(seal, signatureValue -> Optional.empty());
    }

    /**
     * The bundle, with a time-stamp of the exporter's signature: it proves by when every listed file existed, cards and
     * agreements too, which carry no time-stamps of their own.
     *
     * @param seal signs the index as the exporter; absent: the index is unsigned, which the verifier says
     * @param stamper gives a token in DER over the digest that it is given, or none
     * @throws IllegalArgumentException if a file's place is not one that a bundle has, or if a slice and a statement
     *     are not about the same stretch of the exporter's ledger, or the checkpoint of that size was not put in
     */
    public byte[] write(Optional<CadesSigner> seal, Function<Digest, Optional<byte[]>> stamper) {
        requireStated();
        SortedMap<String, byte[]> all = new TreeMap<>(files);
        all.put(BundlePath.INSTRUCTIONS, Instructions.write(exporter, exported, asked, exchanges, receipts, stated));
        all.put(BundlePath.SCRIPT, VerifyScript.octets());
        for (String path : all.keySet()) {
            if (BundlePath.kind(path).isEmpty()) {
                throw new IllegalArgumentException("no file of a bundle lies at " + path);
            }
        }
        BundleIndex index = new BundleIndex(exporter, exported, asked, exchanges, EvidenceBundle.digests(all));
        return EvidenceBundle.write(index, seal.map(signer -> signed(index, signer, stamper)), all);
    }

    private static byte[] signed(BundleIndex index, CadesSigner signer, Function<Digest, Optional<byte[]>> stamper) {
        byte[] signature = signer.signDetached(index.octets(), Commitment.NONE);
        return stamper.apply(CadesVerifier.signatureValue(signature).orElseThrow())
                .map(token -> CadesAugmenter.augment(signature, Optional.of(token), List.of(), List.of()))
                .orElse(signature);
    }
}
