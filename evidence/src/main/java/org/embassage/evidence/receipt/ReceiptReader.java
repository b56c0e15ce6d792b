package org.embassage.evidence.receipt;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.embassage.evidence.Digest;
import org.embassage.evidence.cms.CadesVerifier;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.evidence.cms.SignatureCheck;
import org.embassage.evidence.receipt.Evidence.Checkpoints;
import org.embassage.evidence.zip.StrictZip;

/**
 * Reads receipts and verifies that they are whole: container, manifest, signature, evidence. Whether the signer may be
 * believed is judged by the caller. Never throws for bad input; bounded by {@link #MAX_BYTES}. Thread-safe.
 */
public final class ReceiptReader {

    /** The largest container, packed and unpacked. */
    public static final int MAX_BYTES = 512 * 1024;

    private ReceiptReader() {}

    public static Reading read(byte[] container) {
        if (container.length > MAX_BYTES) {
            return new Reading.Unreadable(Problem.CONTAINER, "");
        }
        Optional<Map<String, byte[]>> entries = StrictZip.read(container, MAX_BYTES);
        return entries.isEmpty() ? new Reading.Unreadable(Problem.CONTAINER, "") : read(container, entries.get());
    }

    private static Reading read(byte[] container, Map<String, byte[]> entries) {
        Optional<Reading> misshapen = misshapen(entries);
        if (misshapen.isPresent()) {
            return misshapen.get();
        }
        byte[] manifest = get(entries, Entries.MANIFEST);
        SignatureCheck check = CadesVerifier.verifyDetached(get(entries, Entries.SIGNATURE), manifest);
        if (check instanceof SignatureCheck.Bad bad) {
            return new Reading.Unreadable(
                    Problem.SIGNATURE,
                    bad.problem() == SignatureCheck.Problem.CONTENT_DIFFERS ? Entries.MANIFEST : Entries.SIGNATURE);
        }
        Map<String, byte[]> signed = signed(entries);
        if (!Arrays.equals(AsicManifest.write(signed), manifest)) {
            return new Reading.Unreadable(Problem.ENTRY_CHANGED, differing(signed, manifest));
        }
        Checkpoints checkpoints = new Checkpoints(
                text(get(entries, Entries.OWN_CHECKPOINT)),
                Optional.ofNullable(entries.get(Entries.PEER_CHECKPOINT)).map(ReceiptReader::text));
        Optional<Evidence> evidence = EvidenceXml.read(get(entries, Entries.EVIDENCE), checkpoints);
        if (evidence.isEmpty()) {
            return new Reading.Unreadable(Problem.EVIDENCE, Entries.EVIDENCE);
        }
        if (!Mandatory.met(evidence.get())) {
            return new Reading.Unreadable(Problem.FIELDS, Entries.EVIDENCE);
        }
        SignatureCheck.Good good = (SignatureCheck.Good) check;
        if (!ParsedCertificates.digest(good.signer()).equals(evidence.get().issuerCertificate())) {
            return new Reading.Unreadable(Problem.SIGNER_NOT_ISSUER, Entries.EVIDENCE);
        }
        Receipt receipt = new Receipt(evidence.get(), Digest.sha256(manifest), good.signatureValue(), container);
        return new Reading.Read(
                receipt,
                good.signer(),
                Optional.ofNullable(entries.get(Entries.PROOF)).map(ReceiptReader::text),
                new AddedLater(good, new ReceiptParts(entries).archives()));
    }

    /** The mimetype first, every entry that must be there, and no entry that may not be. */
    private static Optional<Reading> misshapen(Map<String, byte[]> entries) {
        List<String> names = new ArrayList<>(entries.keySet());
        boolean mimetypeFirst = names.get(0).equals(Entries.MIMETYPE)
                && text(get(entries, Entries.MIMETYPE)).equals(Entries.MIMETYPE_CONTENT);
        if (!mimetypeFirst) {
            return Optional.of(new Reading.Unreadable(Problem.CONTAINER, Entries.MIMETYPE));
        }
        for (String name : List.of(Entries.EVIDENCE, Entries.OWN_CHECKPOINT, Entries.MANIFEST, Entries.SIGNATURE)) {
            if (!entries.containsKey(name)) {
                return Optional.of(new Reading.Unreadable(Problem.ENTRY_MISSING, name));
            }
        }
        Optional<Reading> extra = names.stream()
                .filter(name -> !isExpected(name))
                .findFirst()
                .map(name -> new Reading.Unreadable(Problem.ENTRY_EXTRA, name));
        return extra.isPresent() ? extra : archivesMisshapen(names);
    }

    /** Archive manifests and their tokens come in pairs, numbered from 001 without a gap. */
    private static Optional<Reading> archivesMisshapen(List<String> names) {
        long expected = names.stream().filter(Entries::isArchive).count();
        for (int number = 1; 2L * (number - 1) < expected; number++) {
            for (String name : List.of(Entries.archiveManifest(number), Entries.archiveToken(number))) {
                if (!names.contains(name)) {
                    return Optional.of(new Reading.Unreadable(Problem.ENTRY_MISSING, name));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isExpected(String name) {
        return switch (name) {
            case Entries.MIMETYPE,
                    Entries.EVIDENCE,
                    Entries.OWN_CHECKPOINT,
                    Entries.PEER_CHECKPOINT,
                    Entries.MANIFEST,
                    Entries.SIGNATURE -> true;
            default -> Entries.ADDED_LATER.matcher(name).matches();
        };
    }

    private static Map<String, byte[]> signed(Map<String, byte[]> entries) {
        Map<String, byte[]> signed = new LinkedHashMap<>();
        for (String name : List.of(Entries.EVIDENCE, Entries.OWN_CHECKPOINT, Entries.PEER_CHECKPOINT)) {
            byte[] content = entries.get(name);
            if (content != null) {
                signed.put(name, content);
            }
        }
        return signed;
    }

    /** Which entry it was, for the person who asks. */
    private static String differing(Map<String, byte[]> signed, byte[] manifest) {
        String said = text(manifest);
        for (Map.Entry<String, byte[]> entry : signed.entrySet()) {
            String reference = text(AsicManifest.write(Map.of(entry.getKey(), entry.getValue())));
            String object = reference.substring(
                    reference.indexOf("  <asic:DataObjectReference"), reference.indexOf("</asic:ASiCManifest>"));
            if (!said.contains(object)) {
                return entry.getKey();
            }
        }
        return said.contains(Entries.PEER_CHECKPOINT) && !signed.containsKey(Entries.PEER_CHECKPOINT)
                ? Entries.PEER_CHECKPOINT
                : Entries.MANIFEST;
    }

    /** The same receipt with its inclusion proof put in, or replaced. Its identity stays. */
    public static byte[] withProof(byte[] container, String tlogProof) {
        return new ReceiptParts(StrictZip.read(container, MAX_BYTES)
                        .orElseThrow(() -> new IllegalArgumentException("not a receipt's container")))
                .withProof(tlogProof)
                .container();
    }

    private static byte[] get(Map<String, byte[]> entries, String name) {
        return java.util.Objects.requireNonNull(entries.get(name));
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.UTF_8);
    }

    /** What reading found. */
    public sealed interface Reading {

        /**
         * Whole.
         *
         * @param signer whose key signed; it is the certificate that the evidence names
         * @param proof the inclusion proof in the container, unchecked
         * @param later time-stamps, certificates and revocation lists, unchecked
         */
        record Read(Receipt receipt, X509Certificate signer, Optional<String> proof, AddedLater later)
                implements Reading {}

        /** @param entry of the container, or empty for the container itself */
        record Unreadable(Problem problem, String entry) implements Reading {}

        default <T> T fold(Function<Read, T> good, Function<Unreadable, T> bad) {
            return this instanceof Read read ? good.apply(read) : bad.apply((Unreadable) this);
        }
    }

    /** Why a receipt is not whole. */
    public enum Problem {
        /** Not a strict ZIP, or not an ASiC-E container. */
        CONTAINER,
        /** An entry that must be there is not. */
        ENTRY_MISSING,
        /** An entry that nobody signed. */
        ENTRY_EXTRA,
        /** An entry differs from what the manifest says of it. */
        ENTRY_CHANGED,
        /** The signature does not verify. */
        SIGNATURE,
        /** The evidence is not in its one form. */
        EVIDENCE,
        /** The evidence lacks a field of its event, has one too many, or is said by the wrong side. */
        FIELDS,
        /** The evidence names another certificate than the one that signed. */
        SIGNER_NOT_ISSUER
    }
}
