package org.embassage.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.Completeness;
import org.embassage.evidence.bundle.EvidenceBundle;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.gateway.evidence.SyntheticGateway;
import org.embassage.gateway.orders.OrderFolder;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What `bundle export` chooses, and what it says when there is nothing to choose or not enough to prove it. */
class BundleExportCommandTest {

    private static final YearMonth BEFORE = YearMonth.now(ZoneOffset.UTC).minusMonths(1);
    private static final Instant EARLY = BEFORE.atDay(2).atStartOfDay().toInstant(ZoneOffset.UTC);
    private static final Instant NOW = Instant.now();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream talk = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private SyntheticGateway gateway;
    private String agreement = "";
    private List<ExchangeId> early = List.of();
    private List<ExchangeId> vehicles = List.of();
    private List<ExchangeId> others = List.of();
    private int files;

    @BeforeEach
    void make() throws IOException {
        gateway = new SyntheticGateway(folder);
        agreement = gateway.agreement.ref().id();
        early = gateway.send(SyntheticGateway.POLICE, "PersonAlert", 1, 2, EARLY);
        gateway.refuse(SyntheticGateway.POLICE, EARLY.plus(Duration.ofHours(1)));
        vehicles = gateway.send(SyntheticGateway.POLICE, "VehicleAlert", 3, 1, NOW);
        others = gateway.send(SyntheticGateway.BORDER_POLICE, "PersonAlert", 1, 1, NOW);
        gateway.checkpoint();
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void everythingIsTheExchangesOfAllPeersAndRefusedSubmissions() throws IOException {
        EvidenceBundle bundle = exported("--all");

        assertThat(about(bundle)).containsExactlyInAnyOrderElementsOf(joined(early, vehicles, others));
        assertThat(receipts(bundle)).isEqualTo(5);
        assertThat(bundle.index().orElseThrow().asked()).isEqualTo("all exchanges sent and received and all acts");
        assertThat(statement(bundle).scope()).isEqualTo(new Completeness.Scope.All());
        assertThat(statement(bundle).to())
                .isEqualTo(gateway.store().ledgerbook().size());
    }

    @Test
    void whatIsToBeLaidBesideMustBeABundle() throws IOException {
        assertThat(run("--all", "--beside", folder.resolve("nowhere.zip").toString()))
                .isEqualTo(ExitCode.NOT_FOUND);
        Path other = Files.writeString(folder.resolve("other.zip"), "no bundle");
        assertThat(run("--all", "--beside", other.toString())).isEqualTo(ExitCode.REFUSED);
        assertThat(talk()).contains("no evidence bundle");

        Path bundle = folder.resolve("bundle.zip");
        runTo(bundle, "--all");
        assertThat(receipts(exported("--all", "--beside", bundle.toString()))).isEqualTo(5);
    }

    @Test
    void oneExchangeComesAloneAndStatesNothingOfOthers() throws IOException {
        EvidenceBundle bundle = exported("--exchange", early.get(1).toString());

        assertThat(about(bundle)).containsExactly(early.get(1));
        assertThat(receipts(bundle)).isEqualTo(1);
        assertThat(bundle.files()).doesNotContainKey(BundlePath.COMPLETENESS);
        assertThat(bundle.index().orElseThrow().asked()).isEqualTo("exchange " + early.get(1));
    }

    @Test
    void aPeersBundleHoldsItsExchangesAndTheSubmissionsThatWereRefusedForIt() throws IOException {
        EvidenceBundle bundle = exported("--peer", "QOS-POL");

        assertThat(about(bundle)).containsExactlyInAnyOrderElementsOf(joined(early, vehicles));
        assertThat(receipts(bundle)).isEqualTo(4);
        assertThat(statement(bundle).scope()).isEqualTo(new Completeness.Scope.Peer(SyntheticGateway.POLICE));
        assertThat(receipts(exported("--peer", "QOS-BP"))).isEqualTo(1);
    }

    @Test
    void aMonthOfAnAgreementHoldsWhatWasEnteredInIt() throws IOException {
        EvidenceBundle bundle = exported("--agreement", agreement, "--month", BEFORE.toString());

        assertThat(about(bundle)).containsExactlyInAnyOrderElementsOf(early);
        assertThat(receipts(bundle)).isEqualTo(3);
        assertThat(statement(bundle).scope()).isEqualTo(new Completeness.Scope.Agreement(agreement));
        assertThat(statement(bundle).since())
                .contains(BEFORE.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC));
        EvidenceBundle next = exported(
                "--agreement", agreement, "--month", BEFORE.plusMonths(1).toString());
        assertThat(about(next)).containsExactlyInAnyOrderElementsOf(joined(vehicles, others));
        assertThat(statement(next).from()).isEqualTo(statement(bundle).to());
    }

    @Test
    void whatNothingAnswersEndsWithFiveAndLeavesNoFile() throws IOException {
        assertThat(run("--agreement", agreement, "--month", "2001-01")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run("--agreement", "QVL-QOS-1999-01")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run("--exchange", "0193c0de-0000-7000-8000-000000000001")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run("--all", "--received")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run("--state", "handed_over")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(run("--kind", "DocumentAlert")).isEqualTo(ExitCode.NOT_FOUND);

        assertThat(talk()).contains("this gateway has no receipts of such exchanges", "of kind DocumentAlert");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains(".zip"));
        }
    }

    @Test
    void conditionsTogetherMakeAQuery() throws IOException {
        EvidenceBundle bundle = exported(
                "--peer",
                "QOS-POL",
                "--kind",
                "PersonAlert",
                "--state",
                "sealed",
                "--from",
                BEFORE.atDay(1).toString());

        assertThat(about(bundle)).containsExactlyInAnyOrderElementsOf(early);
        assertThat(receipts(bundle)).isEqualTo(2);
        assertThat(statement(bundle).scope()).isEqualTo(new Completeness.Scope.Query());
        assertThat(bundle.index().orElseThrow().asked())
                .isEqualTo("all exchanges sent and received with QOS-POL of kind PersonAlert in state SEALED since "
                        + BEFORE.atDay(1) + "T00:00:00Z");
        assertThat(about(exported(
                        "--sent", "--from", BEFORE.plusMonths(1).atDay(1).toString())))
                .containsExactlyInAnyOrderElementsOf(joined(vehicles, others));
        assertThat(about(exported("--all", "--to", BEFORE.plusMonths(1).atDay(1) + "T00:00:00Z")))
                .containsExactlyInAnyOrderElementsOf(early);
    }

    @Test
    void whatMakesNoQuestionIsAUsageError() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(run("--all", "--peer", "QOS-POL")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--all", "--sent", "--received")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--exchange", early.get(0).toString(), "--month", "2031-05"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("--all", "--month", "2031-13")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--all", "--month", "2031-05", "--to", "2031-06-01")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--all", "--from", "2031-05-02", "--to", "2031-05-02")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--all", "--from", "May")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--state", "asleep")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--kind", "no kind")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--agreement", "no agreement")).isEqualTo(ExitCode.USAGE);
        assertThat(run("--all", "--part-size", "0")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aFileThatIsThereIsNeverOverwritten() throws IOException {
        Path taken = Files.writeString(folder.resolve("taken.zip"), "SYNTHETIC");

        assertThat(runTo(taken, "--all")).isEqualTo(ExitCode.FINDING);
        assertThat(runTo(folder.resolve("nowhere/all.zip"), "--all")).isEqualTo(ExitCode.FINDING);

        assertThat(taken).hasContent("SYNTHETIC");
        assertThat(talk()).contains("it is there already", "nothing can be written into the folder");
    }

    @Test
    void whatNoCheckpointCoversIsSaidWithWhatToDo() throws IOException {
        gateway.send(SyntheticGateway.POLICE, "PersonAlert", 9, 1, NOW);

        int exit = run("--all", "--json");

        JsonNode answer = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(exit).isEqualTo(ExitCode.INDETERMINATE);
        assertThat(answer.get("missing").toString())
                .contains("1 are not under a checkpoint of this gateway's ledger yet", "embassage run");
        assertThat(talk()).contains("an auditor's verdict will be INDETERMINATE");
        EvidenceBundle bundle = EvidenceBundle.read(
                        Files.readAllBytes(Path.of(answer.get("file").asText())))
                .orElseThrow();
        assertThat(statement(bundle).to())
                .isEqualTo(gateway.store().ledgerbook().size() - 1);

        gateway.checkpoint();
        run("--all", "--json");
        assertThat(new ObjectMapper()
                        .readTree(out.toString(StandardCharsets.UTF_8))
                        .get("missing")
                        .toString())
                .doesNotContain("checkpoint of this gateway's ledger yet");
    }

    @Test
    void withNoGatewayRunningNothingIsWaitedForAndWithOneItIs() {
        String idle = "no gateway runs here, so nothing will come: not waiting";
        Path first = folder.resolve("first.zip");
        assertThat(execute(first, "--wait", "86400", "--all")).isEqualTo(ExitCode.INDETERMINATE);
        assertThat(first).exists();
        assertThat(talk()).contains(idle, "an auditor's verdict will be INDETERMINATE");

        talk.reset();
        try (OrderFolder.Held running = OrderFolder.in(gateway.home).hold().orElseThrow()) {
            assertThat(running).isNotNull();
            assertThat(execute(folder.resolve("second.zip"), "--wait", "1", "--all"))
                    .isEqualTo(ExitCode.INDETERMINATE);
        }
        assertThat(talk()).doesNotContain(idle);

        talk.reset();
        assertThat(execute(folder.resolve("third.zip"), "--wait", "86400", "--all"))
                .isEqualTo(ExitCode.INDETERMINATE);
        assertThat(talk()).contains(idle);
    }

    @Test
    void anArchiveTimeStampLiesInEachReceiptThatIsAskedForWithOne() throws IOException {
        assertThat(archived(exported("--kind", "VehicleAlert", "--archive"))).isTrue();
        assertThat(archived(exported("--kind", "VehicleAlert"))).isFalse();
    }

    private static boolean archived(EvidenceBundle bundle) {
        return bundle.files().entrySet().stream()
                .filter(file -> file.getKey().startsWith("receipts/"))
                .allMatch(file -> ReceiptReader.read(file.getValue())
                        .fold(read -> !read.later().archives().isEmpty(), unreadable -> {
                            throw new AssertionError(unreadable.problem());
                        }));
    }

    @SafeVarargs
    private static List<ExchangeId> joined(List<ExchangeId>... lists) {
        List<ExchangeId> all = new ArrayList<>();
        Stream.of(lists).forEach(all::addAll);
        return all;
    }

    private static List<ExchangeId> about(EvidenceBundle bundle) {
        return List.copyOf(bundle.index().orElseThrow().exchanges().keySet());
    }

    private static long receipts(EvidenceBundle bundle) {
        return bundle.files().keySet().stream()
                .filter(path -> path.startsWith("receipts/"))
                .count();
    }

    private static Completeness statement(EvidenceBundle bundle) {
        return Completeness.parse(bundle.files().get(BundlePath.COMPLETENESS)).orElseThrow();
    }

    /** No peer has cosigned anything, so an export is INDETERMINATE at best. */
    private EvidenceBundle exported(String... asked) throws IOException {
        Path file = folder.resolve("out-" + ++files + ".zip");
        assertThat(runTo(file, asked)).as(talk()).isEqualTo(ExitCode.INDETERMINATE);
        return EvidenceBundle.read(Files.readAllBytes(file)).orElseThrow();
    }

    private int run(String... asked) {
        return runTo(folder.resolve("out-" + ++files + ".zip"), asked);
    }

    private int runTo(Path file, String... asked) {
        return execute(
                file, Stream.concat(Stream.of("--wait", "0"), Stream.of(asked)).toArray(String[]::new));
    }

    private int execute(Path file, String... options) {
        out.reset();
        List<String> arguments = new ArrayList<>(
                List.of("bundle", "export", "--home", gateway.home.toString(), "--out", file.toString()));
        arguments.addAll(List.of(options));
        return Cli.execute(
                new Terminal(stream(out), stream(talk), false, false, false, false), arguments.toArray(String[]::new));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String talk() {
        return talk.toString(StandardCharsets.UTF_8);
    }
}
