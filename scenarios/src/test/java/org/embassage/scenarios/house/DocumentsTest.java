package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentsTest {

    private static final Pattern NAMED = Pattern.compile("\\bdocs/[A-Za-z0-9/_-]+\\.(md|txt|json)\\b");

    private static final Path ADRS = Tree.root().resolve("docs/adr");

    static List<Path> documents() {
        return Tree.files(".md");
    }

    static List<Path> decisions() {
        return Tree.filesIn("docs/adr", ".md").stream()
                .filter(file -> !file.getFileName().toString().equals("README.md"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkOfADocumentLeadsSomewhere(Path document) {
        assertThat(Markdown.links(Tree.text(document)))
                .allSatisfy(target -> assertThat(brokenReason(document, target)).isEmpty());
    }

    @Test
    void everyDocumentThatTheCodeNamesExists() {
        assertThat(Tree.files(".java", ".xsd", ".xml", ".yaml"))
                .allSatisfy(file -> assertThat(
                                NAMED.matcher(Tree.text(file)).results().map(found -> found.group()))
                        .as(Tree.name(file))
                        .allMatch(name -> Files.exists(Tree.root().resolve(name))));
    }

    @Test
    void everyDocumentIsLinkedFromTheIndex() {
        Path index = Tree.root().resolve("docs/README.md");
        List<Path> linked = Markdown.links(Tree.text(index)).stream()
                .map(target -> index.resolveSibling(target).normalize())
                .toList();

        assertThat(Tree.filesIn("docs", ".md"))
                .filteredOn(file -> !file.startsWith(ADRS) && !file.equals(index))
                .hasSizeGreaterThan(10)
                .allSatisfy(file -> assertThat(linked).contains(file));
    }

    @Test
    void aLinkToAMissingFileOrHeadingIsFound() {
        Path readme = Tree.root().resolve("README.md");

        assertThat(Markdown.links("see [it](no-such-file.md), not `[it](code.md)`"))
                .containsExactly("no-such-file.md");
        assertThat(brokenReason(readme, "no-such-file.md")).contains("no such file");
        assertThat(brokenReason(readme, "GLOSSARY.md#no-such-heading")).contains("no such heading");
        assertThat(brokenReason(readme, "GLOSSARY.md#glossary")).isEmpty();
    }

    private static String brokenReason(Path document, String target) {
        if (target.startsWith("https://") || target.startsWith("mailto:")) {
            return "";
        }
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        if (!Files.exists(file) || !file.startsWith(Tree.root())) {
            return "no such file: " + target;
        }
        boolean headed = parts.length == 1 || Markdown.anchors(Tree.text(file)).contains(parts[1]);
        return headed ? "" : "no such heading: " + target;
    }

    @Test
    void noTwoDecisionsHaveTheSameNumber() {
        Map<String, List<String>> byNumber = decisions().stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.groupingBy(name -> name.substring(0, 4)));

        assertThat(byNumber)
                .isNotEmpty()
                .allSatisfy((number, names) -> assertThat(names).as(number).hasSize(1));
    }

    @Test
    void everyDecisionIsLinkedFromTheIndex() {
        Set<String> linked = Set.copyOf(Markdown.links(Tree.text(ADRS.resolve("README.md"))));

        assertThat(decisions())
                .extracting(file -> file.getFileName().toString())
                .allSatisfy(name -> assertThat(linked).contains(name));
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void aDecisionIsOnePageOfContextDecisionAndConsequences(Path decision) {
        String text = Tree.text(decision);

        assertThat(decision.getFileName().toString()).matches("\\d{4}-[a-z0-9-]+\\.md");
        assertThat(text).startsWith("# " + decision.getFileName().toString().substring(0, 4) + " ");
        assertThat(text.lines().filter(line -> line.startsWith("## ")))
                .containsExactly("## Context", "## Decision", "## Consequences");
        assertThat(text.lines().count()).isLessThanOrEqualTo(60);
    }
}
