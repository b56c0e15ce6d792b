package org.embassage.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The published schema and the reference page say exactly what the binder knows. */
class ConfigurationSchemaTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final String BEGIN = "<!-- keys: made from the configuration's shape -->\n";
    private static final String END = "<!-- end of keys -->";

    @Test
    void thePublishedSchemaIsTheOneOfTheBinder() throws IOException {
        assertThat(Files.readString(DOCS.resolve("gateway.schema.json"))).isEqualTo(ConfigurationSchema.text());
    }

    @Test
    void theReferencePageListsEveryKeyAndNoOther() throws IOException {
        String page = Files.readString(DOCS.resolve("configuration.md"));

        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
                .isEqualTo("\n" + ConfigurationPage.table() + "\n");
    }

    @Test
    void theSchemaAcceptsWhatTheBinderAcceptsAndRefusesWhatItRefuses() {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(ConfigurationSchema.text());
        String good = ConfigurationReaderTest.GOOD;

        assertThat(schema.validate(good, InputFormat.YAML)).isEmpty();
        for (String bad : new String[] {
            good.replace("QVL-BG", "qvl"),
            good.replace("profile:", "profil:"),
            good.replace("{port: 61617}", "{port: 0}"),
            good.replace("{file: data/embassage.db}", "{file: x}\n  postgres: {url: x, user: y, password: z}"),
            good.replace("retention:", "retentions:"),
        }) {
            assertThat(schema.validate(bad, InputFormat.YAML)).isNotEmpty();
        }
    }

    /** Writes both published files anew: run it after a change of the shape. */
    public static void main(String[] none) throws IOException {
        Files.writeString(Path.of("docs/gateway.schema.json"), ConfigurationSchema.text());
        Path page = Path.of("docs/configuration.md");
        String text = Files.readString(page, StandardCharsets.UTF_8);
        Files.writeString(
                page,
                text.substring(0, text.indexOf(BEGIN) + BEGIN.length()) + "\n" + ConfigurationPage.table() + "\n"
                        + text.substring(text.indexOf(END)));
    }
}
