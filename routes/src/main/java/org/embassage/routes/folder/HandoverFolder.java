package org.embassage.routes.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.embassage.evidence.receipt.Evidence.HandoverBasis;
import org.embassage.exchange.domestic.DomesticSystem;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;

/**
 * Hands over into a folder: a file appears in it whole, by renaming. Until then it lies in {@code .staging} below the same
 * folder, so on the same file system, readable by this gateway only.
 *
 * <p>Does not guarantee: that anybody took the file; a receipt can only say WRITTEN. After a power loss in the instant
 * between the rename and its fsync the file may be back in staging, and is published again.
 */
public final class HandoverFolder implements DomesticSystem {

    private final Path folder;
    private final Path staging;

    /** @param folder made at the first hand-over if it is missing */
    public HandoverFolder(Path folder) {
        this.folder = folder;
        this.staging = folder.resolve(".staging");
    }

    @Override
    public HandoverBasis basis() {
        return HandoverBasis.WRITTEN;
    }

    @Override
    public void stage(String fileName, byte[] content) {
        Path staged = staged(fileName);
        try {
            Files.createDirectories(folder);
            DurableFiles.privateFolder(staging);
            DurableFiles.write(staged, content);
        } catch (IOException e) {
            throw unavailable();
        }
    }

    @Override
    public void publish(String fileName) {
        Path staged = staged(fileName);
        try {
            if (Files.exists(staged, LinkOption.NOFOLLOW_LINKS)) {
                DurableFiles.replace(staged, folder.resolve(fileName));
            } else if (Files.isDirectory(folder)) {
                DurableFiles.syncFolderOf(
                        folder.resolve(fileName)); // a crash may have come between the rename and its fsync
            }
        } catch (IOException e) {
            throw unavailable();
        }
    }

    private Path staged(String fileName) {
        if (!DurableFiles.isPlainName(fileName)) {
            throw new IllegalArgumentException("a file's name is one segment of A-Z a-z 0-9 . _ -");
        }
        return staging.resolve(fileName);
    }

    /** Without the cause, whose text may quote a path. */
    private static Broken unavailable() {
        return new Broken(FaultCode.HANDOVER_TARGET_UNAVAILABLE);
    }
}
