package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LibrariesTest {

    private static final Set<String> PINS_ONLY =
            Set.of("camel-health", "jackson-core", "micrometer-core", "jcl-over-slf4j", "junit-bom");

    private static final Pattern DEPENDENCY =
            Pattern.compile("<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>");

    @Test
    void everyLibraryOfTheRootPomIsExplained() {
        String decision = Tree.text("docs/adr/0002-libraries-and-pins.md");

        assertThat(libraries())
                .hasSizeGreaterThan(30)
                .allSatisfy(library -> assertThat(decision)
                        .as(library + " needs a line in docs/adr/0002-libraries-and-pins.md")
                        .contains("`" + library + "`"));
    }

    @Test
    void aLibraryThatIsNotExplainedIsFound() {
        assertThat(Tree.text("docs/adr/0002-libraries-and-pins.md")).doesNotContain("`h2`");
    }

    @Test
    void everyPinnedLibraryIsUsedByAModuleOrPinsWhatOthersBringAlong() {
        String modules = Tree.files("pom.xml").stream()
                .filter(pom -> !pom.equals(Tree.root().resolve("pom.xml")))
                .map(Tree::text)
                .collect(Collectors.joining());
        String ofEveryModule = Tree.text("pom.xml").split("<!-- What every module has -->", 2)[1];

        assertThat(libraries())
                .allSatisfy(library -> assertThat(PINS_ONLY.contains(library)
                                || (modules + ofEveryModule).contains("<artifactId>" + library + "<"))
                        .as(library + " is used")
                        .isTrue());
    }

    @Test
    void noModuleNamesAVersionOfALibrary() {
        assertThat(Tree.files("pom.xml")).hasSizeGreaterThan(10).allSatisfy(pom -> {
            if (!pom.equals(Tree.root().resolve("pom.xml"))) {
                String dependencies = Tree.text(pom).replaceAll("(?s)<build>.*</build>", "");
                assertThat(dependencies.replaceFirst("(?s)<parent>.*?</parent>", ""))
                        .as(Tree.name(pom))
                        .doesNotContainPattern("<version>(?!\\$\\{project\\.version})");
            }
        });
    }

    private static List<String> libraries() {
        String managed = Tree.text("pom.xml").split("</dependencyManagement>", 2)[0];
        return DEPENDENCY
                .matcher(managed)
                .results()
                .filter(found -> !found.group(1).equals("org.embassage"))
                .map((MatchResult found) -> found.group(2))
                .toList();
    }
}
