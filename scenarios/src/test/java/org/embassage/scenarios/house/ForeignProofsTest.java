package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/foreign-proofs.txt, which the build prints when they were not run, names every foreign proof and no other. */
class ForeignProofsTest {

    private static final Pattern TAG = Pattern.compile("@Tag\\(\"foreign\"\\)");

    @Test
    void theListNamesEveryTaggedClassAndNoOther() {
        List<String> tagged = Tree.files(".java").stream()
                .filter(file -> Tree.name(file).contains("/src/test/java/"))
                .filter(file -> TAG.matcher(Tree.text(file)).find())
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .toList();

        assertThat(listed()).isNotEmpty().containsExactlyInAnyOrderElementsOf(tagged);
    }

    @Test
    void everyLineSaysWhichToolProvesWhat() {
        assertThat(Tree.text("docs/foreign-proofs.txt").lines())
                .allSatisfy(line -> assertThat(line).matches("[^:]+: .+ \\(\\w+\\)"));
    }

    private static List<String> listed() {
        return Tree.text("docs/foreign-proofs.txt")
                .lines()
                .map(line -> line.substring(line.lastIndexOf('(') + 1, line.length() - 1))
                .toList();
    }
}
