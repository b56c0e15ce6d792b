package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Habits of CONTRIBUTING.md that only the text of a file shows. */
class SourceHabitsTest {

    private static final String[] TEXTS = {
        ".java", ".md", ".xml", ".yaml", ".yml", ".txt", ".xsd", ".xsl", ".sh", ".go", ".properties", "embassage", "run"
    };

    private static final Pattern PUBLIC_TYPE = Pattern.compile("^public [a-z -]*(class|interface|record|enum) ");

    /** What no file of the project may contain. */
    enum Habit {
        NO_PATH_OF_A_MACHINE("((?<!\\w)/home/\\w|/root/|/Users/\\w|/tmp/[a-z])", "see /root/x", TEXTS),
        NO_UNFINISHED_MARK("\\b(TO" + "DO|FIX" + "ME)\\b", "// TO" + "DO", TEXTS),
        NO_AUTHOR_TAG("@auth" + "or\\b", " * @auth" + "or me", ".java"),
        NO_SLEEPING_TEST("Thread\\.sl" + "eep\\(", "Thread.sl" + "eep(5)", "Test.java", "Scenario.java"),
        NO_WEAK_ALGORITHM("\"(MD5|SHA-?1|DES|RC4|[^\"]*(ECB|CBC)[^\"]*)\"", "getInstance(\"MD5\")", ".java"),
        NO_DISABLED_TEST("@Dis" + "abled\\b", "@Dis" + "abled", ".java");

        private final Pattern pattern;
        private final String example;
        private final String[] endings;

        Habit(String pattern, String example, String... endings) {
            this.pattern = Pattern.compile(pattern);
            this.example = example;
            this.endings = endings;
        }

        boolean concerns(Path file) {
            return !file.getFileName().toString().equals("SourceHabitsTest.java")
                    && (this != NO_WEAK_ALGORITHM || Tree.name(file).contains("/src/main/"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noFileBreaksTheHabit(Habit habit) {
        List<String> found = Tree.files(habit.endings).stream()
                .filter(habit::concerns)
                .flatMap(file -> Tree.text(file)
                        .lines()
                        .filter(line -> habit.pattern.matcher(line).find())
                        .map(line -> Tree.name(file) + ": " + line.strip()))
                .toList();

        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theHabitWouldBeSeenBroken(Habit habit) {
        assertThat(habit.pattern.matcher(habit.example).find()).isTrue();
    }

    @Test
    void everyPackageOfTheProductSaysWhatItIsForAndAllowsNoNull() {
        List<Path> folders = Tree.files(".java").stream()
                .filter(file -> Tree.name(file).contains("/src/main/java/"))
                .map(Path::getParent)
                .distinct()
                .toList();

        assertThat(folders).hasSizeGreaterThan(10).allSatisfy(folder -> {
            Path info = folder.resolve("package-info.java");
            assertThat(Files.exists(info)).as(Tree.name(info) + " exists").isTrue();
            assertThat(Tree.text(info)).as(Tree.name(info)).startsWith("/**").contains("@NullMarked");
        });
    }

    @Test
    void everyPublicTypeOfTheProductSaysWhatItPromises() {
        List<String> silent = Tree.files(".java").stream()
                .filter(file -> Tree.name(file).contains("/src/main/java/"))
                .filter(file -> !documented(Tree.text(file)))
                .map(Tree::name)
                .toList();

        assertThat(silent).isEmpty();
    }

    @Test
    void aPublicTypeWithoutJavadocIsFound() {
        assertThat(documented("package x;\n\npublic final class Silent {}\n")).isFalse();
        assertThat(documented(
                        "package x;\n\n/** Speaks. */\n@SuppressWarnings(\"x\")\npublic final class Speaker {}\n"))
                .isTrue();
    }

    /** Whether the file's public type, if it has one, stands below Javadoc, annotations apart. */
    private static boolean documented(String source) {
        List<String> lines = source.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (PUBLIC_TYPE.matcher(lines.get(i)).find()) {
                int above = i - 1;
                while (above >= 0
                        && !lines.get(above).isBlank()
                        && !lines.get(above).endsWith("*/")) {
                    above--;
                }
                return above >= 0 && lines.get(above).endsWith("*/");
            }
        }
        return true;
    }
}
