package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.gateway.cli.Cli;
import org.embassage.gateway.terminal.Terminal;
import org.embassage.verifier.VerifyCommand;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every command that a document shows at a prompt is one that the program knows, with options that it has. */
class CommandsInDocumentsTest {

    private static final String GATEWAY = "$ ./embassage";
    private static final String VERIFIER = "$ java -jar embassage-verify.jar";

    private static final Map<String, CommandSpec> PROGRAMS = new LinkedHashMap<>();

    @BeforeAll
    static void askThePrograms() throws Exception {
        Constructor<Cli> maker = Cli.class.getDeclaredConstructor(Terminal.class, Clock.class);
        maker.setAccessible(true);
        Terminal silent = new Terminal(System.out, System.err, false, false, false, false);
        PROGRAMS.put(GATEWAY, new CommandLine(maker.newInstance(silent, Clock.systemUTC())).getCommandSpec());
        PROGRAMS.put(VERIFIER, new CommandLine(new VerifyCommand()).getCommandSpec());
    }

    static List<Path> documents() {
        return Tree.files(".md").stream()
                .filter(file -> !commands(Tree.text(file)).isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandOfADocumentExists(Path document) {
        assertThat(commands(Tree.text(document)))
                .allSatisfy(command -> assertThat(problem(command)).as(command).isEmpty());
    }

    @Test
    void aCommandOrOptionThatDoesNotExistIsFound() {
        assertThat(problem("$ ./embassage no-such-command")).contains("no-such-command");
        assertThat(problem("$ ./embassage run --no-such-option")).contains("--no-such-option");
        assertThat(problem("$ ./embassage status --json | head")).isEmpty();
        assertThat(problem("$ java -jar embassage-verify.jar bundle.zip --no-such-option"))
                .contains("--no-such-option");
        assertThat(problem("$ java -jar embassage-verify.jar bundle.zip --trust anchors"))
                .isEmpty();
    }

    private static List<String> commands(String text) {
        return Markdown.fenced(text, "console").stream()
                .filter(line -> line.startsWith(GATEWAY) || line.startsWith(VERIFIER))
                .toList();
    }

    /** The first word that the program does not know. */
    private static Optional<String> problem(String command) {
        String program = command.startsWith(GATEWAY) ? GATEWAY : VERIFIER;
        CommandSpec at = PROGRAMS.get(program);
        List<String> words = words(command.substring(program.length()));
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.startsWith("-")) {
                OptionSpec option = at.findOption(word.replaceFirst("=.*", ""));
                if (option == null) {
                    return Optional.of(word);
                }
                i += word.contains("=") ? 0 : option.arity().min();
            } else if (at.subcommands().containsKey(word)) {
                at = at.subcommands().get(word).getCommandSpec();
            } else if (at.positionalParameters().isEmpty()) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }

    /** Up to a pipe, a redirection or a comment. */
    private static List<String> words(String arguments) {
        List<String> words = new ArrayList<>();
        for (String word : arguments.strip().split("\\s+")) {
            if (word.isEmpty() || word.matches("[|>&#;].*|\\d>.*")) {
                break;
            }
            words.add(word);
        }
        return words;
    }
}
