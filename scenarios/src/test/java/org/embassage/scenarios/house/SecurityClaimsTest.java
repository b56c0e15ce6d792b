package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every test that SECURITY.md names exists. */
class SecurityClaimsTest {

    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Scenario|Contract))(?:\\.(\\w+))?`");

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

    private static List<String> claims() {
        return NAMED.matcher(Tree.text("SECURITY.md"))
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
