package org.embassage.routes.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.receipt.Evidence.HandoverBasis;
import org.embassage.exchange.domestic.DomesticSystem;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;

/**
 * Hands over into a folder: a file appears in it whole, by renaming. Until then it lies in {@code .staging} below the same
 * folder, so on the same file system, readable by this gateway only.
 *
 * <p>Does not guarantee: that anybody took the file; a receipt can only say WRITTEN. After a power loss in the instant
 * between the rename and its fsync the file may be back in staging, and is published again. A folder that is not the one that was
 * used before (its volume is not mounted) is not written to.
 */
public final class HandoverFolder implements DomesticSystem {

    private final Path folder;
    private final Path staging;
    private final FolderMark mark;

    /**
     * @param folder made at the first hand-over if it is missing; never made again
     * @param memory the file in which it is remembered, outside the folder
     */
    public HandoverFolder(Path folder, Path memory) {
        this.folder = folder;
        this.staging = folder.resolve(".staging");
        this.mark = new FolderMark(folder, staging, memory);
    }

    @Override
    public HandoverBasis basis() {
        return HandoverBasis.WRITTEN;
    }

    @Override
    public void stage(String fileName, byte[] content) {
        stage(Map.of(fileName, content));
    }

    /** One sync of the folder for all of them. */
    @Override
    public void stage(Map<String, byte[]> files) {
        try {
            mark.first(System.nanoTime());
            mustFit();
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                DurableFiles.writeInFolder(staged(file.getKey()), file.getValue());
            }
            DurableFiles.syncFolder(staging);
        } catch (IOException e) {
            throw unavailable();
        }
    }

    @Override
    public void publish(String fileName) {
        publish(List.of(fileName));
    }

    /** Synced even where nothing is staged any more: a crash may have come between the rename and its sync. */
    @Override
    public void publish(Collection<String> fileNames) {
        try {
            mustFit();
            for (String fileName : fileNames) {
                Path staged = staged(fileName);
                if (Files.exists(staged, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(staged, folder.resolve(fileName), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            if (Files.isDirectory(staging)) {
                DurableFiles.syncFolder(folder);
                DurableFiles.syncFolder(staging);
            }
        } catch (IOException e) {
            throw unavailable();
        }
    }

    /** What was staged is not there when the folder is another, and would pass for published. */
    private void mustFit() throws IOException {
        if (!mark.fits()) {
            throw new Broken(FaultCode.HANDOVER_TARGET_CHANGED);
        }
    }

    @Override
    public boolean usable() {
        return state().isEmpty();
    }

    /** Why nothing can be handed over now, as far as can be told without writing; nothing if it can. */
    public Optional<FaultCode> state() {
        try {
            if (!mark.fits()) {
                return Optional.of(FaultCode.HANDOVER_TARGET_CHANGED);
            }
            boolean usable = !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
                    || Files.isDirectory(folder) && Files.isWritable(folder) && hasRoom();
            return usable ? Optional.empty() : Optional.of(FaultCode.HANDOVER_TARGET_UNAVAILABLE);
        } catch (IOException e) {
            return Optional.of(FaultCode.HANDOVER_TARGET_UNAVAILABLE);
        }
    }

    private boolean hasRoom() throws IOException {
        return Files.getFileStore(folder).getUsableSpace() > 0;
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
