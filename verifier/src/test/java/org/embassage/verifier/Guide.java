package org.embassage.verifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** docs/auditor-guide.md, and the blocks in it that can be run. */
final class Guide {

    private Guide() {}

    static String text() {
        try {
            return Files.readString(Path.of("..", "docs", "auditor-guide.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param language of the fence */
    static List<String> blocks(String language) {
        return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(text())
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
