package org.embassage.routes.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.DropId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.domestic.Readiness;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.fault.SetAside;
import org.embassage.exchange.port.Intake;
import org.embassage.exchange.port.Round;
import org.embassage.routes.folder.DropReader.Reading;
import org.embassage.routes.folder.FeedFolder.Claim;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at one feed's folder and takes what was dropped: claims it by renaming, reads it, and gives it to the intake. A claim
 * that the intake has not got is tried again, after a restart with the same drop id. Names stay in the folder: neither the
 * intake nor the log sees one.
 */
public final class DropWatch implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(DropWatch.class);
    private static final List<String> UNFINISHED = List.of(".tmp", ".part", ".result.csv");
    /** A look takes this many at most, so that a flood of files does not fill the memory. */
    private static final int MOST = 500;

    private final FeedId feed;
    private final FeedFolder folder;
    private final DropReader reader;
    private final Readiness readiness;
    private final Intake intake;
    private final Uuids ids;
    private final Stillness stillness;
    /** Claims that the intake has not got yet, oldest first. */
    private final Map<DropId, Claim> waiting = new LinkedHashMap<>();

    /** Claims that could not be read or filed, and wait. */
    private final SetAside<DropId> aside;
    /** Entries that could not be looked at or claimed, and wait. */
    private final SetAside<Path> untouched;

    private boolean recovered;
    /**
     * @param drops with one subfolder for each feed
     * @param maxBytes a larger drop is refused
     * @param readiness how a file says that it is complete
     * @param quiet for how long a file must not have changed, where that is how
     */
    public DropWatch(
            Path drops,
            FeedId feed,
            long maxBytes,
            Readiness readiness,
            Duration quiet,
            Intake intake,
            Uuids ids,
            Clock clock) {
        this.readiness = readiness;
        this.feed = feed;
        this.folder = new FeedFolder(drops, feed);
        this.reader = new DropReader(maxBytes);
        this.intake = intake;
        this.ids = ids;
        this.stillness = new Stillness(clock, quiet);
        this.aside = new SetAside<>(clock);
        this.untouched = new SetAside<>(clock);
    }

    @Override
    public boolean run() {
        if (intake.closed().isPresent()) {
            return false; // nothing is claimed, so every drop stays under its own name
        }
        try {
            recover();
            handOn();
            boolean more = claimNew();
            handOn();
            return more;
        } catch (IOException e) {
            // Without the cause: its text quotes a path, and so a file's name.
            throw new Broken(FaultCode.DROP_FOLDER_UNAVAILABLE);
        }
    }

    /** What was claimed before a crash comes first. */
    private void recover() throws IOException {
        if (!recovered) {
            folder.prepare();
            for (Claim claim : folder.claims()) {
                waiting.put(claim.drop(), claim);
            }
            recovered = true;
        }
    }

    /** One that cannot be read or filed now waits for its time; the others are not kept waiting. */
    private void handOn() {
        for (Claim claim : List.copyOf(waiting.values())) {
            if (aside.holds(claim.drop())) {
                continue;
            }
            // The intake may have had it although its call failed: then another round closed and shelved it.
            if (folder.shelved(claim) || handedOn(claim)) {
                waiting.remove(claim.drop());
                aside.went(claim.drop());
            } else {
                LOG.warn(
                        "drop={} feed={} event=DropNotRead fault={} failures={} pause={}ms",
                        claim.drop(),
                        feed,
                        FaultCode.DROP_FOLDER_UNAVAILABLE.code(),
                        aside.failures(claim.drop()) + 1,
                        aside.failed(claim.drop()).toMillis());
            }
        }
    }

    /** @return false if this drop's files cannot be read or filed now */
    private boolean handedOn(Claim claim) {
        try {
            Reading reading = reader.read(claim);
            if (reading instanceof Reading.Content content) {
                intake.take(feed, claim.drop(), content.octets());
            } else if (reading instanceof Reading.Refused refused) {
                intake.refuse(feed, claim.drop(), Fault.of(refused.code()));
            }
            return true;
        } catch (IOException e) {
            return false;
        } catch (Broken broken) {
            if (broken.fault() == FaultCode.DROP_FOLDER_UNAVAILABLE) {
                return false;
            }
            throw broken;
        }
    }

    /** @return whether there were more than one look takes */
    private boolean claimNew() throws IOException {
        Set<Path> present = new HashSet<>();
        int claimed = 0;
        List<Path> entries = FeedFolder.entries(folder.folder());
        for (Path entry : entries) {
            String name = entry.getFileName().toString();
            if (isNoDrop(name)) {
                continue;
            }
            present.add(entry);
            if (claimed < MOST && !untouched.holds(entry) && takes(entry)) {
                claimed++;
            }
        }
        stillness.keepOnly(present);
        untouched.keepOnly(present);
        return claimed == MOST;
    }

    private boolean isNoDrop(String name) {
        return name.startsWith(".")
                || UNFINISHED.stream().anyMatch(name::endsWith)
                || folder.isOwn(name)
                || readiness.marks(name);
    }

    /** @return whether it was claimed */
    private boolean takes(Path entry) {
        try {
            if (!isReady(entry)) {
                return false;
            }
            DropId drop = ids.nextDropId();
            waiting.put(drop, folder.claim(entry, drop, marker(entry)));
            untouched.went(entry);
            LOG.info("drop={} feed={} event=DropClaimed", drop, feed);
            return true;
        } catch (NoSuchFileException e) {
            LOG.info("feed={} event=DropVanished", feed);
        } catch (IOException e) { // without its text, which quotes the path
            LOG.warn(
                    "feed={} event=DropNotClaimed fault={} failures={} pause={}ms",
                    feed,
                    FaultCode.DROP_FOLDER_UNAVAILABLE.code(),
                    untouched.failures(entry) + 1,
                    untouched.failed(entry).toMillis());
        }
        return false;
    }

    /** A link or a device does not grow. */
    private boolean isReady(Path entry) throws IOException {
        BasicFileAttributes now = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return switch (readiness.way()) {
            case RENAMED -> true;
            case STILL -> stillness.isStill(entry, now) || !now.isRegularFile();
            case MARKER -> marker(entry).isPresent();
        };
    }

    private Optional<Path> marker(Path entry) {
        return Optional.of(entry.resolveSibling(entry.getFileName() + readiness.marker()))
                .filter(marker -> readiness.way() == Readiness.Way.MARKER)
                .filter(marker -> Files.isRegularFile(marker, LinkOption.NOFOLLOW_LINKS));
    }
}
