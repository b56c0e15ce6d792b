package org.embassage.routes.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.exchange.domestic.DropDesk;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.routes.folder.FeedFolder.Claim;

/**
 * Results and receipts in the drop folders (docs/formats/drop-contract.md). Each call may be repeated after a crash at any
 * line; what was done stays, and a drop that is shelved is left alone. Thread-safe.
 */
public final class DropFolders implements DropDesk {

    private static final String RESULT = ".result.csv";

    private final Path drops;

    /** @param drops with one subfolder for each feed */
    public DropFolders(Path drops) {
        this.drops = drops;
    }

    /**
     * What was claimed in the folders of all feeds, configured or not, and is not shelved. For looking on from outside; a folder
     * that cannot be read is left out.
     */
    public static List<Waiting> claimed(Path drops) {
        List<Waiting> waiting = new ArrayList<>();
        try {
            for (Path feed : Files.isDirectory(drops) ? FeedFolder.entries(drops) : List.<Path>of()) {
                Path staging = feed.resolve(".staging");
                if (Files.isDirectory(staging, LinkOption.NOFOLLOW_LINKS)) {
                    for (Path home : FeedFolder.entries(staging)) {
                        Optional<DropId> drop =
                                FeedFolder.dropId(home.getFileName().toString());
                        if (drop.isPresent()) {
                            waiting.add(new Waiting(
                                    drop.get(), Files.getLastModifiedTime(home).toInstant()));
                        }
                    }
                }
            }
        } catch (IOException e) {
            return waiting;
        }
        return waiting;
    }

    /** @param since when it was claimed */
    public record Waiting(DropId drop, Instant since) {}

    @Override
    public synchronized void report(FeedId feed, DropId drop, List<ResultLine> lines) {
        guarded(() -> {
            FeedFolder folder = new FeedFolder(drops, feed);
            Optional<Claim> claim = folder.claim(drop);
            if (claim.isPresent()) {
                write(folder.folder(), claim.get(), ResultFile.of(lines));
            }
        });
    }

    /** The newest result has the plain name. One that an earlier drop of the same name left stays, under another. */
    private static void write(Path folder, Claim claim, byte[] content) throws IOException {
        Path result = folder.resolve(claim.name() + RESULT);
        if (Files.isRegularFile(result, LinkOption.NOFOLLOW_LINKS)) {
            if (Arrays.equals(Files.readAllBytes(result), content)) {
                return;
            }
            Path earlier = folder.resolve(claim.name() + ".before-" + claim.drop() + RESULT);
            if (!Files.exists(earlier, LinkOption.NOFOLLOW_LINKS)) {
                DurableFiles.move(result, earlier);
            }
        }
        DurableFiles.writeAtomically(result, content);
    }

    @Override
    public synchronized void shelve(FeedId feed, DropId drop, boolean refused) {
        guarded(() -> {
            FeedFolder folder = new FeedFolder(drops, feed);
            Optional<Claim> claim = folder.claim(drop);
            if (claim.isPresent()) {
                folder.shelve(claim.get(), refused);
            }
        });
    }

    @Override
    public synchronized void giveReceipt(FeedId feed, EvidenceId receipt, byte[] container) {
        guarded(() -> {
            Path receipts = new FeedFolder(drops, feed).receipts();
            if (!Files.isDirectory(receipts)) {
                Files.createDirectories(receipts);
            }
            Path file = receipts.resolve(receipt + ".asice");
            boolean whole =
                    Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == container.length;
            if (!whole) { // a copy of what the store keeps, so it need not survive a power loss
                DurableFiles.writeCopy(file, container);
            }
        });
    }

    private static void guarded(Filing filing) {
        try {
            filing.run();
        } catch (IOException e) {
            // Without the cause: its text quotes a path, and so a file's name.
            throw new Broken(FaultCode.DROP_FOLDER_UNAVAILABLE);
        }
    }

    @FunctionalInterface
    private interface Filing {
        void run() throws IOException;
    }
}
