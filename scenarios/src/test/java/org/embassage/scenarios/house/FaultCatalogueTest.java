package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.embassage.exchange.fault.FaultCode;
import org.junit.jupiter.api.Test;

/** docs/faults.md is made from {@link FaultCode}. */
class FaultCatalogueTest {

    private static final String REGENERATE =
            "./mvnw -pl scenarios -am verify -Dtest=FaultCatalogueTest -Dsurefire.failIfNoSpecifiedTests=false -Dhouse.write=true";

    /** Where faults of a range can appear, by the thousands of their number. */
    private static final Map<Integer, Range> RANGES = Map.of(
            1, new Range("The drop and its records", "`<name>.result.csv`, SubmissionRejection, quarantine"),
            2, new Range("The agreement's no", "`<name>.result.csv`, SubmissionRejection, RelayRejection"),
            3, new Range("The message", "RelayRejection, quarantine"),
            4, new Range("Receipts and ledger", "quarantine, alarms, RelayFailure"),
            5, new Range("Hand-over", "ContentHandoverFailure, quarantine, alarms"),
            6, new Range("Erasure", "log, alarms, exit of a command"),
            7, new Range("Orders of persons", "command line, data/orders, log"),
            9, new Range("Our own side", "log, alarms, exit of a command"));

    private static final Map<FaultCode.Actor, String> ACTORS = Map.of(
            FaultCode.Actor.DOMESTIC, "owner of the domestic system",
            FaultCode.Actor.US, "this gateway's operators",
            FaultCode.Actor.PEER, "the peer's operators",
            FaultCode.Actor.NOBODY, "nobody");

    private record Range(String title, String appearsIn) {}

    @Test
    void theCatalogueSaysWhatTheCodeSays() throws IOException {
        Path catalogue = Tree.root().resolve("docs/faults.md");
        if (Boolean.getBoolean("house.write")) {
            Files.writeString(catalogue, catalogue());
        }

        assertThat(difference(Tree.text(catalogue), catalogue()))
                .as("docs/faults.md differs from FaultCode; make it anew with: " + REGENERATE)
                .isEmpty();
    }

    @Test
    void noTwoFaultsHaveTheSameNumberAndAllHaveTheirTexts() {
        assertThat(FaultCode.values()).extracting(FaultCode::code).doesNotHaveDuplicates();
        assertThat(FaultCode.values()).allSatisfy(fault -> {
            assertThat(fault.code()).matches("EMB-[1-9]\\d{3}");
            assertThat(RANGES).containsKey(range(fault));
            assertThat(fault.sentence()).endsWith(".");
            assertThat(fault.nextStep()).endsWith(".");
        });
    }

    @Test
    void aCatalogueThatLacksALineIsFound() {
        assertThat(difference(catalogue().replaceFirst("\\| EMB-1001 .*\n", ""), catalogue()))
                .contains("EMB-1001");
    }

    /** The first line that is not as it should be. */
    private static String difference(String is, String shouldBe) {
        List<String> lines = is.lines().toList();
        List<String> wanted = shouldBe.lines().toList();
        for (int i = 0; i < wanted.size(); i++) {
            if (i == lines.size() || !lines.get(i).equals(wanted.get(i))) {
                return "line " + (i + 1) + " should be: " + wanted.get(i);
            }
        }
        return lines.size() == wanted.size() ? "" : "line " + (wanted.size() + 1) + " should not be there";
    }

    private static String catalogue() {
        StringBuilder text = new StringBuilder("""
                # Faults

                Everything that can be told to a person or a peer when something was not done. The code is stable for ever; the
                name is the reason code in receipts and result files. No fault carries a value of a record: at most the name of
                a field, the path of an element, or the clause of the agreement.

                This page is made from `FaultCode`; a test compares the two and says how to make it anew.
                """);
        RANGES.keySet().stream().sorted().forEach(range -> {
            text.append("\n## ").append(RANGES.get(range).title()).append("\n\n");
            text.append("Appears in: ").append(RANGES.get(range).appearsIn()).append(".\n\n");
            text.append("| code | name | what happened | who acts | next step |\n|---|---|---|---|---|\n");
            faults(range).forEach(fault -> text.append(row(fault)));
        });
        return text.toString();
    }

    private static List<FaultCode> faults(int range) {
        return Arrays.stream(FaultCode.values())
                .filter(fault -> range(fault) == range)
                .sorted(java.util.Comparator.comparing(FaultCode::code))
                .toList();
    }

    private static int range(FaultCode fault) {
        return fault.code().charAt("EMB-".length()) - '0';
    }

    private static String row(FaultCode fault) {
        return "| %s | %s | %s | %s | %s |%n"
                .formatted(fault.code(), fault.name(), fault.sentence(), ACTORS.get(fault.actor()), fault.nextStep())
                .replace(System.lineSeparator(), "\n");
    }
}
