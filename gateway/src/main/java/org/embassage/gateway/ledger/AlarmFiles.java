package org.embassage.gateway.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.Misbehaviour;
import org.embassage.exchange.port.AlarmFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes that accuse somebody, as files {@code <kind>.<16 hex of their digest>.note}, and proofs of misbehaviour, as files
 * {@code <PEER>.<16 hex of their digest>.misbehaviour}. They must outlive the database: a backup
 * of it must not take this folder along, and a restore must not replace it.
 */
public final class AlarmFiles implements AlarmFolder {

    private static final Logger LOG = LoggerFactory.getLogger(AlarmFiles.class);
    /** The end of the name of a proof of misbehaviour. */
    public static final String PROOF = ".misbehaviour";

    private static final String ENDING = ".note";
    private static final int LONGEST = 1 << 16;

    private final Path folder;

    /** @param folder made when the first alarm comes */
    public AlarmFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public synchronized void keep(String kind, String note) {
        byte[] octets = note.getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve(kind + "." + Digest.sha256(octets).hex().substring(0, 16) + ENDING);
        try {
            if (!Files.exists(file)) {
                SafeFiles.privateFolder(folder);
                SafeFiles.write(file, octets);
            }
        } catch (IOException full) {
            LOG.error("event=AlarmNotKept kind={}", kind);
        }
    }

    @Override
    public synchronized void accuse(GatewayId peer, Misbehaviour proof) {
        byte[] octets = proof.octets();
        Path file = folder.resolve(peer + "." + Digest.sha256(octets).hex().substring(0, 16) + PROOF);
        try {
            SafeFiles.privateFolder(folder);
            SafeFiles.write(file, octets);
            LOG.error("peer={} event=MisbehaviourKept file={}", peer, file.getFileName());
        } catch (IOException full) {
            LOG.error("peer={} event=MisbehaviourNotKept", peer);
        }
    }

    /** The files that accuse peers, by name. @throws IOException if the folder cannot be read */
    public static List<Path> proofs(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(PROOF))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public List<String> kept(String kind) {
        List<String> notes = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return notes;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> named(each, kind)).sorted().toList()) {
                if (Files.size(file) <= LONGEST) {
                    notes.add(Files.readString(file, StandardCharsets.UTF_8));
                }
            }
        } catch (IOException unreadable) {
            LOG.error("event=AlarmsUnreadable kind={}", kind);
        }
        return notes;
    }

    private static boolean named(Path file, String kind) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(kind + ".") && name.endsWith(ENDING);
    }
}
