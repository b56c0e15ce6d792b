package org.embassage.evidence.bundle;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;

/** The places in a bundle (docs/formats/bundle.md). A file at any other place is refused. */
public final class BundlePath {

    /** The list of all files; always the first entry. */
    public static final String INDEX = "bundle.txt";

    /** The exporter's detached signature over the index. */
    public static final String INDEX_SIGNATURE = "bundle.txt.p7s";

    /** How to check the bundle, for people. */
    public static final String INSTRUCTIONS = "VERIFY.md";

    /** Checks the bundle with POSIX sh, coreutils, unzip and openssl alone. */
    public static final String SCRIPT = "verify.sh";

    /** The exporter's statement that nothing is missing from a stretch of its ledger. */
    public static final String COMPLETENESS = "completeness.txt";

    private static final String GATEWAY = "[A-Z]{3}-[A-Z0-9]{1,16}";
    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    private static final String EPOCH_NAME = "[A-Za-z0-9]{1,20}";
    private static final String NUMBER = "(?:0|[1-9][0-9]{0,17})";
    private static final String AGREEMENT = "[A-Z0-9][A-Z0-9-]{0,63}\\.v[1-9][0-9]{0,5}\\.xml";

    private BundlePath() {}

    /** What a file of a bundle is. */
    public enum Kind {
        INDEX("bundle\\.txt"),
        INDEX_SIGNATURE("bundle\\.txt\\.p7s"),
        INSTRUCTIONS("VERIFY\\.md"),
        SCRIPT("verify\\.sh"),
        /** A receipt's container. */
        RECEIPT("receipts/" + UUID + "\\.asice"),
        /** Proof that a gateway has a receipt of its peer in its own ledger. */
        RECEIVED_PROOF("proofs/" + UUID + "\\." + GATEWAY + "\\.tlog-proof"),
        CARD("cards/" + GATEWAY + "\\." + NUMBER + "\\.card\\.xml"),
        CARD_SIGNATURE("cards/" + GATEWAY + "\\." + NUMBER + "\\.card\\.xml\\.p7s"),
        AGREEMENT("agreements/" + BundlePath.AGREEMENT),
        AGREEMENT_SIGNATURE("agreements/" + BundlePath.AGREEMENT + "\\.[A-Z]{3}\\.p7s"),
        /** One X.509 certificate, PEM. Believed only if it leads to one of the auditor's anchors. */
        CERTIFICATE("certificates/[0-9a-f]{64}\\.pem"),
        /** One X.509 CRL, PEM. */
        CRL("crls/[0-9a-f]{64}\\.pem"),
        /** A checkpoint that a gateway keeps: its own or a peer's. */
        NOTE("notes/" + GATEWAY + "/" + GATEWAY + "\\." + NUMBER + "\\.[0-9a-f]{8}\\.note"),
        /** Proof that one checkpoint of a ledger continues another. */
        CONSISTENCY("consistency/" + GATEWAY + "\\." + EPOCH_NAME + "\\." + NUMBER + "-" + NUMBER + "\\.txt"),
        /** How a ledger began a new epoch after its gateway was put back from a backup. */
        EPOCH("epochs/" + GATEWAY + "\\." + EPOCH_NAME + "\\.txt"),
        /** What the exporter says to be all of a stretch of its ledger. */
        COMPLETENESS("completeness\\.txt"),
        /** The entries of that stretch. */
        LEAVES("leaves/" + GATEWAY + "\\." + EPOCH_NAME + "\\." + NUMBER + "-" + NUMBER + "\\.txt"),
        /** The value of a receipt's signature, for tools that cannot take it out of a container. */
        SIGNATURE_EXTRACT("extracts/" + UUID + "\\.signature"),
        /** The time-stamp token over the value of a receipt's signature, likewise. */
        TOKEN_EXTRACT("extracts/" + UUID + "\\.tst"),
        /** Time-stamp token over the note of the same name that the ledger's own gateway keeps. */
        ANCHOR("anchors/" + GATEWAY + "\\." + NUMBER + "\\.[0-9a-f]{8}\\.tst"),
        /** A gateway's signed answer to a challenge of another, which keeps it. */
        ANSWER("answers/" + GATEWAY + "/" + GATEWAY + "\\.[0-9a-f]{8}\\.note"),
        /** What the nonce of the answer of the same name was made of. */
        OPENING("answers/" + GATEWAY + "/" + GATEWAY + "\\.[0-9a-f]{8}\\.opening"),
        /** The encrypted message as it travelled. */
        MESSAGE("messages/" + UUID + "\\.p7m");

        private final Pattern shape;

        Kind(String shape) {
            this.shape = Pattern.compile(shape);
        }
    }

    /** @return nothing if no file of a bundle lies there */
    public static Optional<Kind> kind(String path) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.shape.matcher(path).matches())
                .findFirst();
    }

    /** The place of a receipt. */
    public static String receipt(EvidenceId id) {
        return "receipts/" + id + ".asice";
    }

    static String receivedProof(EvidenceId id, GatewayId holder) {
        return "proofs/" + id + "." + holder + ".tlog-proof";
    }

    static String card(GatewayId gateway, long number) {
        return "cards/" + gateway + "." + number + ".card.xml";
    }

    static String agreement(String id, int version) {
        return "agreements/" + id + ".v" + version + ".xml";
    }

    static String certificate(Digest digest) {
        return "certificates/" + digest.hex() + ".pem";
    }

    static String crl(Digest digest) {
        return "crls/" + digest.hex() + ".pem";
    }

    static String note(GatewayId holder, GatewayId ledger, long size, Digest note) {
        return "notes/" + holder + "/" + ledger + "." + size + "." + note.hex().substring(0, 8) + ".note";
    }

    static String consistency(ConsistencyProof proof) {
        String[] origin = proof.origin().split("/", -1);
        return "consistency/" + origin[0] + "." + origin[2] + "." + proof.from() + "-" + proof.to() + ".txt";
    }

    static String epoch(String origin) {
        String[] parts = origin.split("/", -1);
        return "epochs/" + parts[0] + "." + parts[2] + ".txt";
    }

    /** The place of the entries of a stretch of a ledger. */
    public static String leaves(String origin, long from, long to) {
        String[] parts = origin.split("/", -1);
        return "leaves/" + parts[0] + "." + parts[2] + "." + from + "-" + to + ".txt";
    }

    static String signatureExtract(EvidenceId id) {
        return "extracts/" + id + ".signature";
    }

    static String tokenExtract(EvidenceId id) {
        return "extracts/" + id + ".tst";
    }

    /** The id of the receipt that an extract was taken from. */
    public static String ofExtract(String path) {
        return path.substring("extracts/".length(), path.lastIndexOf('.'));
    }

    static String anchor(GatewayId ledger, long size, Digest note) {
        return "anchors/" + ledger + "." + size + "." + note.hex().substring(0, 8) + ".tst";
    }

    /** Where the note lies over which the token of an anchor is. */
    public static String anchored(String anchor) {
        String name = anchor.substring("anchors/".length(), anchor.length() - ".tst".length());
        return "notes/" + name.substring(0, name.indexOf('.')) + "/" + name + ".note";
    }

    static String answer(GatewayId holder, GatewayId ledger, Digest answer) {
        return "answers/" + holder + "/" + ledger + "." + answer.hex().substring(0, 8) + ".note";
    }

    static String message(ExchangeId exchange) {
        return "messages/" + exchange + ".p7m";
    }
}
