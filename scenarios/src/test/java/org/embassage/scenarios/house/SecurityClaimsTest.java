package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every test that SECURITY.md and docs/attacks.md name exists, and so does every class that is said to enforce something. */
class SecurityClaimsTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Scenario|Contract))(?:\\.(\\w+))?`");

    private static final Pattern CLASS = Pattern.compile("`(\\w+)`");

    private static final List<String> ROWS = List.of(
            "S1", "S2", "S3", "S5", "S6", "S7", "S8", "S12", "S13", "S14", "S15", "S16", "S17", "S18", "S19", "S20",
            "S21", "S24", "S26", "S32", "S34");

    @Test
    void everyTestThatATableNamesExists() {
        List<String> claims = claims();

        assertThat(claims)
                .hasSizeGreaterThan(40)
                .allSatisfy(claim -> assertThat(exists(claim)).as(claim).isTrue());
    }

    @Test
    void aTestThatDoesNotExistIsFound() {
        assertThat(exists("SecurityClaimsTest.aTestThatDoesNotExistIsFound")).isTrue();
        assertThat(exists("SecurityClaimsTest.noSuchMethod")).isFalse();
        assertThat(exists("NoSuchTest")).isFalse();
    }

    @Test
    void everyRowOfTheListOfAttacksNamesWhoEnforcesItAndTests() {
        List<String[]> rows = Tree.text("docs/attacks.md")
                .lines()
                .filter(line -> line.matches("\\| S\\d+ \\|.*"))
                .map(line -> line.split(" \\| ", -1))
                .toList();

        assertThat(rows)
                .extracting(cells -> cells[0])
                .containsExactly(ROWS.stream().map(row -> "| " + row).toArray(String[]::new));
        assertThat(rows).allSatisfy(cells -> {
            assertThat(cells).hasSize(5);
            assertThat(claims(cells[4])).as(cells[0]).isNotEmpty().allMatch(SecurityClaimsTest::exists);
            assertThat(CLASS.matcher(cells[3]).results().map(found -> found.group(1)))
                    .as(cells[0])
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(Tree.files(name + ".java"))
                            .as(name)
                            .anyMatch(file -> Tree.name(file).contains("/src/main/java/")));
        });
    }

    private static List<String> claims() {
        return claims(Tree.text("SECURITY.md"));
    }

    private static List<String> claims(String text) {
        return NAMED.matcher(text)
                .results()
                .map(found -> found.group(2) == null ? found.group(1) : found.group(1) + "." + found.group(2))
                .toList();
    }

    private static boolean exists(String claim) {
        String[] parts = claim.split("\\.", 2);
        return Tree.files(parts[0] + ".java").stream()
                .filter(file -> file.getFileName().toString().equals(parts[0] + ".java"))
                .filter(file -> Tree.name(file).contains("/src/test/java/"))
                .map(Tree::text)
                .filter(text -> text.contains("Test"))
                .anyMatch(text -> parts.length == 1 || text.contains("void " + parts[1] + "("));
    }
}
