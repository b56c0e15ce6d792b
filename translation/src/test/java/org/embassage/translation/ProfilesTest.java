package org.embassage.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.embassage.translation.feed.FeedDescription;
import org.embassage.translation.handover.HandOverDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesTest {

    @Test
    void aCopiedProfileLoadsFromItsNewHome(@TempDir Path home) {
        Profiles.copy("qvl", home);
        Profiles.copy("qos", home);

        assertThat(FeedDescription.load(home.resolve("feeds/border-guard.yaml"))
                        .orThrow()
                        .feed()
                        .id()
                        .value())
                .isEqualTo("border-guard");
        assertThat(FeedDescription.load(home.resolve("feeds/police.yaml"))
                        .orThrow()
                        .feed()
                        .recipients()
                        .toString())
                .isEqualTo("[QVL-BG]");
        HandOverDescription.load(home.resolve("formats/qvl-xml.yaml")).orThrow();
        HandOverDescription.load(home.resolve("formats/qos-csv.yaml")).orThrow();
    }

    @Test
    void aFileThatWasEditedIsNotOverwritten(@TempDir Path home) throws IOException {
        Profiles.copy("qvl", home);
        Files.writeString(home.resolve("feeds/items.csv"), "from;to\nTB;TOBACCO\n");

        Profiles.copy("qvl", home);

        assertThat(home.resolve("feeds/items.csv")).hasContent("from;to\nTB;TOBACCO\n");
    }

    @Test
    void thereIsNoThirdProfile(@TempDir Path home) {
        assertThatThrownBy(() -> Profiles.copy("qxx", home)).isInstanceOf(IllegalArgumentException.class);
    }
}
