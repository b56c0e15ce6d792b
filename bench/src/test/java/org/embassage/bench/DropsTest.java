package org.embassage.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.RecordSlice;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.translation.Profiles;
import org.embassage.translation.feed.FeedDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DropsTest {

    private static final LocalDate TODAY = LocalDate.parse("2031-06-01");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(names = {"JMS", "SFTP"})
    void theShippedFeedTakesEveryDropAndTranslatesEveryRecord(Transport transport) throws IOException {
        Feed feed = feed();

        Set<String> kinds = new HashSet<>();
        for (byte[] drop : new Drops(transport, TODAY).next(9)) {
            List<RecordSlice> records = feed.slice(drop).fold(sliced -> sliced.records(), bad -> List.of());
            assertThat(records).hasSize(9);
            records.forEach(record -> feed.translate(record)
                    .fold(good -> kinds.add(good.draft().kind()), bad -> kinds.add(bad.toString())));
        }

        assertThat(kinds)
                .containsExactlyInAnyOrder(
                        transport == Transport.JMS
                                ? new String[] {"PersonAlert", "VehicleAlert"}
                                : new String[] {"DocumentAlert", "IncidentSeizureReport"});
    }

    @Test
    void aLoadIsSpreadOverDropsAndNoReferenceComesTwice() {
        Drops drops = new Drops(Transport.JMS, TODAY);

        List<String> rows = new ArrayList<>();
        for (byte[] drop : drops.next(Drops.MOST_RECORDS + 3)) {
            String[] lines = new String(drop, StandardCharsets.UTF_8).split("\r\n");
            rows.addAll(Arrays.asList(lines).subList(1, lines.length - 1));
        }

        assertThat(rows).hasSize(Drops.MOST_RECORDS + 3);
        assertThat(rows.stream().map(row -> row.split(";", 3)[1]).distinct()).hasSameSizeAs(rows);
    }

    @Test
    void aDropIsPlacedUnderItsNameOnlyWhenItIsWhole() throws IOException {
        Drops.place(List.of(new byte[] {1}, new byte[] {2}), folder, "load");

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("load-0000.csv", "load-0001.csv");
        }
    }

    private Feed feed() throws IOException {
        Path home = folder.resolve("home");
        Profiles.copy("qos", home);
        return FeedDescription.load(home.resolve("feeds/police.yaml")).fold(FeedDescription::feed, problems -> {
            throw new IllegalStateException(problems.toString());
        });
    }
}
