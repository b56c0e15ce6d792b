package org.embassage.referees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Compiles the referee in Go with Debian's packages alone. */
final class GoProgram {

    /** Where Debian's package golang-golang-x-mod-dev puts its sources. */
    private static final String DEBIAN_GOPATH = "/usr/share/gocode";

    private static Path program = Path.of("");

    private GoProgram() {}

    /** The program, compiled once. */
    static synchronized Path compiled() {
        if (program.toString().isEmpty()) {
            program = compile();
        }
        return program;
    }

    private static Path compile() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "go").toAbsolutePath());
            Path program = folder.resolve("ledgerreferee");
            Map<String, String> environment = Map.of(
                    "GO111MODULE", "off",
                    "GOPATH", DEBIAN_GOPATH,
                    "GOFLAGS", "",
                    "GOPROXY", "off",
                    "CGO_ENABLED", "0",
                    "HOME", folder.toString(),
                    "GOCACHE", folder.resolve("cache").toString());
            Files.deleteIfExists(program);
            String said = Tool.run(
                    environment,
                    Path.of("src", "test", "go", "ledgerreferee").toAbsolutePath(),
                    List.of("go", "build", "-o", program.toString(), "main.go"));
            if (!Files.exists(program)) {
                throw new IllegalStateException("the referee in Go does not compile: " + said);
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
