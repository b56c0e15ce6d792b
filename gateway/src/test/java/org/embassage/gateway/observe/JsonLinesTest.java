package org.embassage.gateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    private static final String PLANTED = "SYNTHETIC-Jane-Citizen";

    @Test
    void ourOwnMessagesAreQuotedWithTheirIds() throws IOException {
        JsonNode line = line("org.embassage.exchange.send.TakeDrop", "drop={} event={}", null, "d1", "DropOpened");

        assertThat(line.get("message").asText()).isEqualTo("drop=d1 event=DropOpened");
        assertThat(line.get("log.level").asText()).isEqualTo("WARN");
        assertThat(line.get("@timestamp").asText()).endsWith("Z");
    }

    @Test
    void whatALibrarySaysIsNotQuoted() throws IOException {
        JsonNode line = line("org.apache.camel.component.file", "cannot read {}", null, PLANTED);

        assertThat(line.toString()).doesNotContain(PLANTED);
        assertThat(line.get("log.logger").asText()).isEqualTo("org.apache.camel.component.file");
    }

    @Test
    void theCodeOfALibraryIsKept() throws IOException {
        JsonNode line =
                line("org.apache.activemq.artemis", "AMQ229031: Unable to validate user from {}", null, PLANTED);

        assertThat(line.get("message").asText()).isEqualTo("AMQ229031");
        assertThat(line.toString()).doesNotContain(PLANTED);
    }

    @Test
    void ofAnExceptionOnlyClassesPlacesAndCodesAreKept() throws IOException {
        Exception thrown =
                new Broken(FaultCode.STORE_UNAVAILABLE, new IllegalStateException(PLANTED, new IOException(PLANTED)));

        JsonNode line = line("org.embassage.store.Failures", "store failed", thrown);

        assertThat(line.toString()).doesNotContain(PLANTED);
        assertThat(line.get("event.code").asText()).isEqualTo("EMB-9001");
        assertThat(line.get("error.type"))
                .extracting(JsonNode::asText)
                .containsExactly(Broken.class.getName(), "java.lang.IllegalStateException", "java.io.IOException");
        assertThat(line.get("error.stack").get(0).asText()).contains("JsonLinesTest");
    }

    @Test
    void aLineIsOneLineWhateverTheMessageHolds() {
        String text = text("org.embassage.x", "a\nb\u001B[31m", null);

        assertThat(text).endsWith("}\n");
        assertThat(text.strip()).doesNotContain("\n").doesNotContain("\u001B");
    }

    private static JsonNode line(String logger, String message, @Nullable Throwable thrown, Object... arguments)
            throws IOException {
        return new ObjectMapper().readTree(text(logger, message, thrown, arguments));
    }

    private static String text(String logger, String message, @Nullable Throwable thrown, Object... arguments) {
        LoggerContext context = new LoggerContext();
        Logger named = context.getLogger(logger);
        JsonLines lines = new JsonLines();
        lines.start();
        return new String(
                lines.encode(new LoggingEvent("fqcn", named, Level.WARN, message, thrown, arguments)),
                StandardCharsets.UTF_8);
    }
}
