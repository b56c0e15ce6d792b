package org.embassage.scenarios.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.embassage.scenarios.journey.Neighbours.BORDER_GUARD;
import static org.embassage.scenarios.journey.Neighbours.POLICE;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.embassage.exchange.fault.FaultCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Names planted in rows, files and file names are found nowhere outside the drop and hand-over trees. */
class PlantedNamesJourneyTest {

    @RegisterExtension
    static final Neighbours NEIGHBOURS = new Neighbours(BORDER_GUARD, POLICE);

    private static final String LATIN = "ZVONIMIRPLANTED";
    private static final String CYRILLIC = "ЗВОНИМИРПОСАЖЕН";
    private static final String BORDER_NAME = "KVETOSLAVPLANTED";
    private static final String NUMBER = "XPLT77313";
    private static final String ROW = "917731377";
    private static final List<String> PLANTED = List.of(LATIN, CYRILLIC, BORDER_NAME, NUMBER, ROW);

    private final RunningGateway velmark = NEIGHBOURS.of(BORDER_GUARD);
    private final RunningGateway police = NEIGHBOURS.of(POLICE);

    @Test
    void noPlantedNameIsFoundOutsideTheDropAndHandOverTrees() throws IOException, InterruptedException, JMSException {
        goodAndBadRows();
        badFiles();
        NEIGHBOURS.awaitHandedOver(police, 2);
        NEIGHBOURS.awaitHandedOver(velmark, 4);
        hostilePost();
        PlantedSearch search = new PlantedSearch(PLANTED);
        assertThat(PlantedSearch.below(velmark.handOverFolder()).stream().filter(search::holds))
                .as("the search can find: what is handed over holds the name")
                .isNotEmpty();
        assertThat(PlantedSearch.below(police.handOverFolder()).stream().filter(search::holds))
                .isNotEmpty();

        for (RunningGateway gateway : NEIGHBOURS.all()) {
            assertThat(found(gateway, search)).as("while %s runs", gateway.id).isEmpty();
            gateway.stop();
            assertThat(found(gateway, search))
                    .as("after %s stopped", gateway.id)
                    .isEmpty();
        }
    }

    private void goodAndBadRows() {
        Map<String, String> person = PoliceFile.person(ROW, LATIN, CYRILLIC);
        person.put("doklad_číslo", NUMBER);
        person.put("doklad_druh", "pas");
        person.put("doklad_stát", "QOS");
        person.put("poznámka", LATIN + "\n" + CYRILLIC);
        Map<String, String> badCode = PoliceFile.person("110000001", LATIN, CYRILLIC);
        badCode.put("důvod", LATIN);
        Map<String, String> badDate = PoliceFile.person("110000002", LATIN, CYRILLIC);
        badDate.put("narození", LATIN);
        Map<String, String> badNumber = PoliceFile.person("11000000" + LATIN, LATIN, CYRILLIC);
        byte[] wrongBytes = PoliceFile.row(PoliceFile.person("110000003", LATIN + "~", CYRILLIC))
                .getBytes(StandardCharsets.UTF_8);
        wrongBytes[new String(wrongBytes, StandardCharsets.ISO_8859_1).indexOf('~')] = (byte) 0xFF;
        police.drop(
                LATIN + "-list.csv",
                new PoliceFile()
                        .with(person)
                        .with(badCode)
                        .with(badDate)
                        .with(badNumber)
                        .covered(wrongBytes)
                        .with(PoliceFile.person("110000004", LATIN, CYRILLIC))
                        .bytes());
        assertThat(police.result(LATIN + "-list.csv").codes())
                .containsExactly("ok", "EMB-1106", "EMB-1105", "EMB-1105", "EMB-1103", "ok");

        velmark.drop(
                BORDER_NAME + ".dat",
                new BorderGuardFile(1700, 5)
                        .put(1, 11, 30, BORDER_NAME)
                        .put(1, 81, 9, NUMBER)
                        .put(2, 36, 30, BORDER_NAME)
                        .put(4, 49, 30, BORDER_NAME)
                        .put(5, 3, 8, "PLANTED1")
                        .put(5, 11, 30, BORDER_NAME)
                        .bytes());
        assertThat(velmark.result(BORDER_NAME + ".dat").codes()).containsExactly("ok", "ok", "ok", "ok", "EMB-1106");
    }

    private void badFiles() throws IOException {
        PoliceFile file = new PoliceFile().with(PoliceFile.person("110000005", LATIN, CYRILLIC));
        police.drop("count-" + LATIN + ".csv", file.bytes(2, file.total()));
        police.drop("charset.csv", new String(file.bytes(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16));
        velmark.drop("count-" + BORDER_NAME + ".dat", planted().bytes(3, 7));
        velmark.drop("latin.dat", (BORDER_NAME + " ").repeat(100).getBytes(StandardCharsets.ISO_8859_1));
        int results = results(police);
        Files.write(police.dropFolder().resolve(LATIN + " and a blank.csv"), file.bytes());
        assertThat(police.result("count-" + LATIN + ".csv").codes()).containsExactly("EMB-1002");
        assertThat(police.result("charset.csv").codes()).containsExactly("EMB-1008");
        assertThat(velmark.result("count-" + BORDER_NAME + ".dat").codes()).containsExactly("EMB-1002");
        assertThat(velmark.result("latin.dat").codes()).hasSize(1);
        await("the refusal of a name").atMost(RunningGateway.SOON).until(() -> results(police) > results);
    }

    private static BorderGuardFile planted() {
        return new BorderGuardFile(1701, 1).put(1, 11, 30, BORDER_NAME);
    }

    private static int results(RunningGateway gateway) {
        return (int) RunningGateway.filesOf(gateway.dropFolder()).stream()
                .filter(file -> file.toString().endsWith(".result.csv"))
                .count();
    }

    /** A peer that sends garbage, with names in it where the gateway alone decides what stays of it. */
    private void hostilePost() throws JMSException {
        PeerInTheWrong hostile = new PeerInTheWrong(velmark, police);
        int before = police.quarantine().size();
        Path file = hostile.bySftp(("EMBB\u0001" + LATIN + CYRILLIC).repeat(50).getBytes(StandardCharsets.UTF_8));
        byte[] noise = new byte[5000];
        new Random(7).nextBytes(noise);
        hostile.byJms(noise);

        await("the quarantine of two bad bundles")
                .atMost(RunningGateway.SOON)
                .until(() -> police.quarantine().size() == before + 2 && Files.notExists(file));
        assertThat(police.quarantine().subList(0, 2))
                .extracting(item -> item.fault().code())
                .containsOnly(FaultCode.BUNDLE_MALFORMED);
    }

    /** Everything of a gateway but the drops themselves and what is handed over; of these, results and receipts count. */
    private static List<String> found(RunningGateway gateway, PlantedSearch search) throws IOException {
        List<Path> files = PlantedSearch.below(gateway.home());
        files.addAll(PlantedSearch.below(gateway.temporary()));
        files.addAll(gateway.printed());
        return files.stream()
                .filter(file -> !file.startsWith(gateway.handOverFolder()))
                .filter(file -> !file.startsWith(gateway.dropFolder())
                        || file.toString().endsWith(".result.csv")
                        || file.startsWith(gateway.dropFolder().resolve("receipts")))
                .filter(file ->
                        search.holds(file) || !file.startsWith(gateway.dropFolder()) && search.isIn(file.toString()))
                .map(Path::toString)
                .toList();
    }
}
