package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.embassage.evidence.receipt.ReceiptReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that were planted in records are found in no database file, receipt, ledger leaf or bundle. */
class PlantedNamesTest {

    private static final List<String> PLANTED =
            List.of("XZ9VELMARK0000017", "HA-117", "TARNAU", "SYNTHETIC-1", "PLANTEDROW");

    @TempDir
    Path folder;

    @Test
    void noPlantedNameIsFoundInWhatAGatewayKeepsOrSends() throws IOException {
        try (Federation federation = new Federation(folder)) {
            Gateway velmark = federation.gateway(BORDER_GUARD);
            List<String> documents = new ArrayList<>(Documents.vehicles(2));
            documents.add(
                    "<VehicleAlert xmlns=\"urn:embassage:exchange:1\"><OriginRecordRef>PLANTEDROW</OriginRecordRef></VehicleAlert>");
            velmark.drop(documents);
            velmark.drop("WRONG PLANTEDROW".getBytes(StandardCharsets.UTF_8));
            velmark.dispatch();
            velmark.post.forEach(letter -> holdsNoPlantedName("bundle", letter.bundle()));
            federation.settle();

            velmark.register.receipts(100).forEach(stored -> {
                holdsNoPlantedName("receipt", stored.container().octets());
                assertThat(ReceiptReader.read(stored.container().octets()))
                        .isInstanceOf(ReceiptReader.Reading.Read.class);
            });
            for (Gateway gateway : List.of(velmark, federation.gateway(POLICE))) {
                gateway.ledgerbook
                        .leaves(0, 1000)
                        .forEach(leaf -> holdsNoPlantedName("leaf", leaf.getBytes(StandardCharsets.UTF_8)));
            }
            assertThat(federation.desks.get(POLICE).files.values())
                    .as("the search can find: what is handed over holds the name")
                    .allMatch(file -> holds(file, "XZ9VELMARK0000017"));
            everyFileBelow(folder);
        }
    }

    private static void everyFileBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                holdsNoPlantedName(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
    }

    private static void holdsNoPlantedName(String where, byte[] octets) {
        assertThat(PLANTED).as(where).noneMatch(name -> holds(octets, name));
    }

    private static boolean holds(byte[] octets, String name) {
        return new String(octets, StandardCharsets.ISO_8859_1).contains(name);
    }
}
