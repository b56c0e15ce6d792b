package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ledger.ProofSlip;
import org.embassage.evidence.ledger.TlogProof;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.WireItem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs and the receipts that they cover may travel by different transports, in any order. */
class EarlyProofTest {

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;
    private Gateway police;
    private List<Gateway.Letter> receipts;
    private List<Gateway.Letter> proofs;

    @BeforeEach
    void policeHasReceiptsAndTheirProofsOnTheWay() {
        federation = new Federation(folder);
        velmark = federation.gateway(BORDER_GUARD);
        police = federation.gateway(POLICE);
        velmark.drop(Documents.vehicles(2));
        velmark.dispatch();
        velmark.post.stream().filter(letter -> letter.to().equals(POLICE)).forEach(police::accept);
        while (police.handOver.run()) {
            // until nothing waits
        }
        receipts = sent();
        police.ledger.run();
        proofs = sent();
    }

    private List<Gateway.Letter> sent() {
        police.post.clear();
        police.dispatch();
        return List.copyOf(police.post);
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    @Test
    void aProofThatComesBeforeItsReceiptCoversItAsSoonAsItIsHere() {
        proofs.forEach(velmark::accept);
        receipts.forEach(velmark::accept);

        assertThat(velmark.register.withoutProof(POLICE, 10)).isEmpty();
        assertThat(velmark.register.quarantine(10)).isEmpty();
    }

    @Test
    void aProofThatComesInTheSameBundleAsItsReceiptCoversItToo() {
        List<WireItem> items = new ArrayList<>();
        for (Gateway.Letter letter : concat(proofs, receipts)) {
            items.addAll(DispatchBundle.decode(letter.bundle()).orElseThrow());
        }
        velmark.accept(new Gateway.Letter(POLICE, BORDER_GUARD, Transport.SFTP, DispatchBundle.encode(items)));

        assertThat(velmark.register.withoutProof(POLICE, 10)).isEmpty();
    }

    @Test
    void anEarlyProofThatDoesNotCoverItsReceiptLeavesItWithoutUntilTheRightOneComes() {
        for (Gateway.Letter letter : proofs) {
            List<WireItem> items = DispatchBundle.decode(letter.bundle()).orElseThrow().stream()
                    .map(item ->
                            item.kind() == ItemKind.PROOF ? new WireItem(item.kind(), swapped(item.octets())) : item)
                    .toList();
            velmark.accept(new Gateway.Letter(POLICE, BORDER_GUARD, letter.via(), DispatchBundle.encode(items)));
        }
        receipts.forEach(velmark::accept);
        assertThat(velmark.register.withoutProof(POLICE, 10)).hasSize(4);

        proofs.forEach(velmark::accept);
        assertThat(velmark.register.withoutProof(POLICE, 10)).isEmpty();
    }

    /** Each proof under the id of another receipt. */
    private static byte[] swapped(byte[] slip) {
        ProofSlip read = ProofSlip.parse(slip).orElseThrow();
        List<EvidenceId> ids = List.copyOf(read.proofs().keySet());
        List<TlogProof> paths = List.copyOf(read.proofs().values());
        Map<EvidenceId, TlogProof> swapped = new LinkedHashMap<>();
        for (int i = 0; i < ids.size(); i++) {
            swapped.put(ids.get(i), paths.get((i + 1) % paths.size()));
        }
        return new ProofSlip(read.note(), swapped).octets();
    }

    private static List<Gateway.Letter> concat(List<Gateway.Letter> first, List<Gateway.Letter> second) {
        List<Gateway.Letter> both = new ArrayList<>(first);
        both.addAll(second);
        return both;
    }
}
