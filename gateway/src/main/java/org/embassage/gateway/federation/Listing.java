package org.embassage.gateway.federation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;

/** Reads the files of a folder of the home. */
final class Listing {

    private static final long LARGEST = 4L * 1024 * 1024;

    private Listing() {}

    /** Regular files whose names end so, by name; none if there is no such folder. */
    static List<Path> of(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new Broken(FaultCode.CONFIGURATION_INVALID, unreadable);
        }
    }

    /** The file's bytes. */
    static byte[] octets(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new Broken(FaultCode.CONFIGURATION_INVALID);
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new Broken(FaultCode.CONFIGURATION_INVALID, unreadable);
        }
    }
}
