package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Builds a checker in Go, on Debian's sources of Go's own libraries and without any network. */
final class GoTool {

    /** Where Debian's package golang-golang-x-mod-dev puts its sources. */
    private static final String DEBIAN_GOPATH = "/usr/share/gocode";

    private GoTool() {}

    /**
     * Compiles {@code src/test/go/<name>/main.go}.
     *
     * @param tools a folder for the program and for what Go keeps
     */
    static Path build(String name, Path tools) {
        Path checker = tools.resolve(name);
        Map<String, String> environment = Map.of(
                "GO111MODULE", "off",
                "GOPATH", DEBIAN_GOPATH,
                "GOFLAGS", "",
                "GOPROXY", "off",
                "CGO_ENABLED", "0",
                "HOME", tools.toString(),
                "GOCACHE", tools.resolve("cache").toString());
        Path sources = Tree.root().resolve("scenarios/src/test/go").resolve(name);
        ForeignTool.Outcome built =
                ForeignTool.run(sources, environment, List.of("go", "build", "-o", checker.toString(), "main.go"));

        assertThat(built.output()).isEmpty();
        assertThat(built.exit()).isZero();
        return checker;
    }
}
