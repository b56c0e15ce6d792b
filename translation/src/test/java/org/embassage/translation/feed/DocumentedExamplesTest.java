package org.embassage.translation.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.translation.QvlFile.put;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.embassage.translation.Outcomes;
import org.embassage.translation.QosFile;
import org.embassage.translation.QvlFile;
import org.embassage.translation.Shipped;
import org.junit.jupiter.api.Test;

/** The worked examples of docs/formats, taken from the pages themselves. */
class DocumentedExamplesTest {

    private static final Path PAGES = Path.of("../docs/formats");

    @Test
    void theRowOfThePolicePageIsAGoodDrop() throws IOException {
        List<String> page = Files.readAllLines(PAGES.resolve("feed-qos-police.md"));
        int row = page.indexOf("KONEC;1;12739") - 1;
        String columns = page.stream()
                .filter(line -> line.startsWith("druh;"))
                .findFirst()
                .orElseThrow();

        String drop = "\uFEFF" + columns + "\r\n" + page.get(row) + "\r\n" + page.get(row + 1) + "\r\n";

        assertThat(Outcomes.verdicts(Shipped.QOS, drop.getBytes(StandardCharsets.UTF_8)))
                .containsExactly("good");
        assertThat(QosFile.header()).isEqualTo("\uFEFF" + columns + "\r\n");
    }

    @Test
    void theRecordOfTheBorderGuardPageHasTheChecksumThatThePageStates() throws IOException {
        byte[] record = QvlFile.blank("V3");
        put(record, 3, "STOLEN");
        put(record, 28, "QV 55 771");
        put(record, 38, "QVL");
        put(record, 191, "SYNTH00001310330000000NA10");
        byte[] drop = new QvlFile().with(record).bytes();

        String page = Files.readString(PAGES.resolve("feed-qvl-border-guard.md"));

        assertThat(Outcomes.verdicts(Shipped.QVL, drop)).containsExactly("good");
        assertThat(page).contains("checksum   " + new String(record, 235, 5, QvlFile.IBM870));
        assertThat(page).contains("`0000001` `" + new String(drop, 480 + 9, 10, QvlFile.IBM870) + "`");
    }
}
