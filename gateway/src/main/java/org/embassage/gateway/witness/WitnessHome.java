package org.embassage.gateway.witness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.Cosigner;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.gateway.ledger.SafeFiles;

/**
 * The folder of a neutral witness:
 *
 * <pre>
 * witness.key      its name and Ed25519 key, for its owner only: magic, name, PKCS#8 and SubjectPublicKeyInfo in base64
 * witness.vkey     its verifier key, for auditors and gateways
 * logs.vkey        verifier keys of the ledgers that it witnesses, one a line
 * ledgers/…        what it holds
 * receipts/…       receipts that were deposited
 * misbehaviour/…   proofs against owners of ledgers that showed it two histories
 * </pre>
 */
public final class WitnessHome {

    private static final String MAGIC = "embassage-witness-key/v1";
    private static final String KEY = "witness.key";
    private static final String VKEY = "witness.vkey";
    private static final String LOGS = "logs.vkey";

    private final Path folder;

    public WitnessHome(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /**
     * Makes a fresh key.
     *
     * @param name a schema-less URL or any other name without spaces and plus signs
     * @throws FileAlreadyExistsException if there is a key already
     */
    public Cosigner init(String name) throws IOException {
        Path file = folder.resolve(KEY);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(KEY);
        }
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Cosigner cosigner = new Cosigner(name, pair.getPrivate(), pair.getPublic());
            Base64.Encoder base64 = Base64.getEncoder();
            String text = MAGIC + "\n" + name + "\n"
                    + base64.encodeToString(pair.getPrivate().getEncoded()) + "\n"
                    + base64.encodeToString(pair.getPublic().getEncoded()) + "\n";
            SafeFiles.privateFolder(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, text);
            SafeFiles.write(folder.resolve(VKEY), octets(cosigner.verifier().vkey() + "\n"));
            if (!Files.exists(folder.resolve(LOGS))) {
                SafeFiles.write(folder.resolve(LOGS), new byte[0]);
            }
            return cosigner;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no Ed25519", missing);
        }
    }

    /**
     * Reads the key.
     *
     * @throws IOException if it is not there
     * @throws IllegalStateException if it is damaged
     */
    public Cosigner cosigner() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(KEY), StandardCharsets.UTF_8);
        if (lines.size() != 4 || !lines.get(0).equals(MAGIC)) {
            throw new IllegalStateException(KEY + " is damaged");
        }
        try {
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            PrivateKey key = factory.generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines.get(2))));
            PublicKey shown = factory.generatePublic(
                    new X509EncodedKeySpec(Base64.getDecoder().decode(lines.get(3))));
            return new Cosigner(lines.get(1), key, shown);
        } catch (GeneralSecurityException | IllegalArgumentException damaged) {
            throw new IllegalStateException(KEY + " is damaged", damaged);
        }
    }

    /**
     * The ledgers that it witnesses. Keys of witnesses are passed over: a gateway's file of keys names its own beside its
     * ledger's.
     *
     * @throws IllegalStateException if a line is neither
     */
    public List<NoteVerifier> logs() throws IOException {
        List<NoteVerifier> logs = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(LOGS), StandardCharsets.UTF_8)) {
            if (!line.isBlank()
                    && !line.startsWith("#")
                    && CosignatureVerifier.parse(line.strip()).isEmpty()) {
                logs.add(NoteVerifier.parse(line.strip())
                        .orElseThrow(() -> new IllegalStateException("a line of " + LOGS + " is no ledger's key")));
            }
        }
        return logs;
    }

    /** The newest checkpoint of a ledger that it holds. */
    public Optional<String> newest(String origin) throws IOException {
        return new HeldLedgers(folder).newest(origin);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
