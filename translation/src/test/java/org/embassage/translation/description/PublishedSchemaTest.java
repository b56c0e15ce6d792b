package org.embassage.translation.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import org.embassage.translation.Shipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schemas that editors check descriptions with. */
class PublishedSchemaTest {

    private static Schema schema(String name) throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Shipped.resource(name));
    }

    private static String text(String file) throws IOException {
        return Files.readString(Shipped.file(file));
    }

    @ParameterizedTest
    @CsvSource({
        "embassage-feed.schema.json, qvl/feeds/border-guard.yaml",
        "embassage-feed.schema.json, qos/feeds/police.yaml",
        "embassage-handover.schema.json, qvl/formats/qvl-xml.yaml",
        "embassage-handover.schema.json, qos/formats/qos-csv.yaml",
    })
    void everyShippedDescriptionObeysItsSchema(String schema, String file) throws IOException {
        assertThat(schema(schema).validate(text(file), InputFormat.YAML)).isEmpty();
    }

    @Test
    void mistakesOfADescriptionAreSeenBySchemaAndLoaderAlike() throws IOException {
        Schema schema = schema("embassage-feed.schema.json");
        String good = text("qvl/feeds/border-guard.yaml");

        for (String bad : new String[] {
            good.replace("status: EXERCISE", "status: EXERCISES"),
            good.replace("record-bytes: 240", "record-byte: 240"),
            good.replace("type: packed", "type: packet"),
            good.replace("kind: DocumentAlert", "kind: PaperAlert"),
            good.replace("empty: NOT_ASKED", "empty: BORED"),
        }) {
            assertThat(schema.validate(bad, InputFormat.YAML)).isNotEmpty();
        }
    }
}
