package org.embassage.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;

/**
 * Lets one process write to an SQLite file. SQLite itself would let two in, whose rounds and leases would then mix. The
 * operating system frees the lock when the process dies, however it dies.
 */
final class WriterLock implements AutoCloseable {

    private final FileChannel channel;

    private WriterLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock {@code <file>.lock}.
     *
     * @throws Broken STORE_IN_USE if another process, or another store of this one, has it
     */
    static WriterLock take(Path database) {
        try {
            FileChannel channel =
                    FileChannel.open(beside(database), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locks(channel)) {
                channel.close();
                throw new Broken(FaultCode.STORE_IN_USE);
            }
            return new WriterLock(channel);
        } catch (IOException failed) {
            throw Failures.unavailable(failed);
        }
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        }
    }

    private static Path beside(Path database) {
        return database.resolveSibling(database.getFileName() + ".lock");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw Failures.unavailable(failed);
        }
    }
}
