package org.embassage.routes.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.routes.TwoGateways.QVL;
import static org.embassage.routes.TwoGateways.RANDOM;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.embassage.routes.TwoGateways;
import org.embassage.routes.tls.PinnedTls;
import org.embassage.routes.tls.Pins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;

    @BeforeEach
    void open() throws IOException {
        TwoGateways gateways = new TwoGateways(folder);
        Pins pins = new Pins(gateways.directoryOf(gateways.qos, gateways.qvl));
        broker = new EmbeddedBroker(
                new EmbeddedBroker.Listening("127.0.0.1", gateways.qos.jmsPort),
                folder.resolve("broker"),
                List.of(QVL),
                pins,
                new PinnedTls(gateways.qos.keys, pins, RANDOM),
                RANDOM);
        broker.open();
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void aBrokerThatStoppedBecauseItCouldNotWriteItsJournalIsOpenedAgain() throws Exception {
        broker.server().fail(false);
        assertThat(broker.running()).isFalse();

        broker.reopenIfStopped();

        assertThat(broker.running()).isTrue();
    }

    @Test
    void aBrokerThatRunsIsLeftAlone() {
        var before = broker.server();

        broker.reopenIfStopped();

        assertThat(broker.server()).isSameAs(before);
        assertThat(broker.running()).isTrue();
    }

    @Test
    void aBrokerThatWasClosedStaysClosed() {
        broker.close();

        broker.reopenIfStopped();

        assertThat(broker.running()).isFalse();
    }
}
