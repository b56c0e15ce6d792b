package org.embassage.routes.sftp;

import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.component.file.strategy.FileMoveExistingStrategy;

/** Asked by Camel before the upload when the final name is taken: nothing is moved, the upload is given up. */
final class AlreadyThere implements FileMoveExistingStrategy {

    @Override
    public boolean moveExistingFile(
            GenericFileEndpoint<?> endpoint, GenericFileOperations<?> operations, String fileName) {
        long size = Stream.of(operations.listFiles(fileName))
                .flatMap(listed -> listed instanceof SftpRemoteFile<?> file ? Stream.of(file) : Stream.empty())
                .mapToLong(SftpRemoteFile::getFileLength)
                .findFirst()
                .orElse(-1);
        throw new Taken(size);
    }

    /** Whether what is there is what we would have sent; the name is its digest. */
    static void judge(Exchange exchange) {
        Taken taken = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Taken.class);
        boolean same =
                taken != null && exchange.getIn().getBody() instanceof byte[] bundle && taken.size == bundle.length;
        if (!same) {
            throw new GenericFileOperationFailedException("the name is taken by a file of another size");
        }
    }

    /** The final name is taken. */
    static final class Taken extends RuntimeException {
        private final long size;

        Taken(long size) {
            super("the name is taken");
            this.size = size;
        }
    }
}
