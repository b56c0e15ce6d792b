package org.embassage.routes.sftp;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.Handle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.embassage.evidence.GatewayId;

/**
 * What a peer may do in its folder: write bundles under unfinished names into {@code in}, rename each once to its final name,
 * delete unfinished ones, and read from {@code out}. No links, no folders, no attributes, nothing replaced; so many files and
 * so many bytes. This gateway's own login may read, and delete what it has taken and what was left unfinished.
 */
final class PeerRights implements SftpEventListener {

    private static final int MOST_FILES = 10_000;
    private static final long MOST_BYTES = 4L << 30;

    private final GatewayId self;
    private final long maxBytes;

    PeerRights(GatewayId self, long maxBytes) {
        this.self = self;
        this.maxBytes = maxBytes;
    }

    private boolean isOurs(ServerSession session) {
        return session.getUsername().equals(self.value());
    }

    @Override
    public void opening(ServerSession session, String remoteHandle, Handle handle) throws IOException {
        if (!(handle instanceof FileHandle file) || !writes(file)) {
            return;
        }
        Path path = handle.getFile();
        if (isOurs(session) || !isIn(path) || !BundleNames.isUnfinished(name(path))) {
            throw denied();
        }
        withinQuota(path.toAbsolutePath().resolve("..").normalize());
    }

    private static boolean writes(FileHandle file) {
        return file.getOpenOptions().stream()
                .anyMatch(option -> !option.toString().equals("READ"));
    }

    @Override
    public void writing(
            ServerSession session,
            String remoteHandle,
            FileHandle handle,
            long offset,
            byte[] data,
            int dataOffset,
            int dataLen)
            throws IOException {
        if (offset < 0 || offset > maxBytes - dataLen) {
            throw denied();
        }
    }

    @Override
    public void moving(ServerSession session, Path from, Path to, Collection<CopyOption> options) throws IOException {
        boolean allowed = !isOurs(session)
                && isIn(from)
                && isIn(to)
                && BundleNames.isUnfinished(name(from))
                && BundleNames.isFinal(name(to));
        if (!allowed) {
            throw denied();
        }
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException("the name is taken");
        }
    }

    @Override
    public void removing(ServerSession session, Path path, boolean isDirectory) throws IOException {
        boolean allowed = !isDirectory
                && (isOurs(session)
                        ? BundleNames.isFinal(name(path)) || BundleNames.isUnfinished(name(path))
                        : isUnfinishedIn(path));
        if (!allowed) {
            throw denied();
        }
    }

    private static boolean isUnfinishedIn(Path path) {
        return isIn(path) && BundleNames.isUnfinished(name(path));
    }

    @Override
    public void creating(ServerSession session, Path path, Map<String, ?> attributes) throws IOException {
        throw denied();
    }

    @Override
    public void linking(ServerSession session, Path source, Path target, boolean symbolic) throws IOException {
        throw denied();
    }

    @Override
    public void modifyingAttributes(ServerSession session, Path path, Map<String, ?> attributes) throws IOException {
        throw denied();
    }

    /** Whether the path is {@code /in/<name>} as the peer sees it. */
    private static boolean isIn(Path path) {
        Path seen = path.toAbsolutePath().normalize();
        return seen.getNameCount() == 2 && seen.getName(0).toString().equals("in");
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private static void withinQuota(Path in) throws IOException {
        try (Stream<Path> files = Files.list(in)) {
            long[] sum = new long[2];
            for (Path file : (Iterable<Path>) files::iterator) {
                sum[0]++;
                sum[1] += Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
            }
            if (sum[0] >= MOST_FILES || sum[1] >= MOST_BYTES) {
                throw denied();
            }
        }
    }

    private static AccessDeniedException denied() {
        return new AccessDeniedException("not allowed");
    }
}
