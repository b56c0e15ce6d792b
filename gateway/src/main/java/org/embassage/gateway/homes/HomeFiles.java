package org.embassage.gateway.homes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.embassage.translation.Profiles;

/** Writes what every home has. Existing files are never replaced. */
public final class HomeFiles {

    private static final String EMBEDDED = """
            time-stamping:                         # the authority inside this process: for development only
              embedded: true
              anchor-minutes: 0                    # every checkpoint
            """;

    private static final String REMOTE = """
            # time-stamping:                       # without it receipts have no proof of when they existed
            #   url: https://tsa.example/tsr       # its authority and CRL: trust/time-stamping/*.pem and *.crl
            #   receipts: each                     # or anchored: checkpoints alone are stamped
            #   anchor-minutes: 60
            #   grace-hours: 24                    # after so long without stamps no new drops are taken
            """;

    private HomeFiles() {}

    /**
     * Makes folders, gateway.yaml and the descriptions of feed and format.
     *
     * @param profile {@code development} or {@code production}
     * @throws java.nio.file.FileAlreadyExistsException if there is a gateway.yaml already
     */
    public static void make(HomePlan plan, String profile) throws IOException {
        for (String folder : List.of("trust/time-stamping", "peers", "agreements", "handover", "log")) {
            Files.createDirectories(plan.home().resolve(folder));
        }
        Files.createDirectories(plan.home().resolve("drop").resolve(plan.feedName()));
        privately(plan.home().resolve("keys"));
        privately(plan.home().resolve("data"));
        Profiles.copy(plan.descriptions(), plan.home());
        write(plan.home().resolve("gateway.yaml"), yaml(plan, profile).getBytes(StandardCharsets.UTF_8));
    }

    static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content, StandardOpenOption.CREATE_NEW);
    }

    private static void privately(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    static String yaml(HomePlan plan, String profile) {
        return """
                # Configuration of one Embassage gateway. Every key: docs/configuration.md. Check: ./embassage config check
                identity:
                  gateway: %s
                profile: %s                   # production refuses development keys

                store:
                  sqlite:
                    file: data/embassage.db

                keys:
                  pkcs12:
                    file: keys/gateway.p12
                    password-file: keys/password

                broker:                                # peers reach this gateway here by JMS, over mutual TLS
                  embedded:
                    host: 127.0.0.1
                    port: %d

                sftp:                                  # and here by SFTP
                  embedded:
                    host: 127.0.0.1
                    port: %d

                feeds:
                  - %s

                handover:
                  folder: handover
                  format: %s

                %s
                observe:                               # health and metrics, on 127.0.0.1 only
                  port: %d

                retention:
                  content-days: %d
                """.formatted(
                        plan.gateway(),
                        profile,
                        plan.jms(),
                        plan.sftp(),
                        plan.feed(),
                        plan.format(),
                        profile.equals("development") ? EMBEDDED : REMOTE,
                        plan.observe(),
                        plan.contentDays());
    }
}
