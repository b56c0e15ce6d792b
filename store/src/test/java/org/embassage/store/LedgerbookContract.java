package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.store.Samples.NOON;
import static org.embassage.store.Samples.OSTRANA;
import static org.embassage.store.Samples.OSTRANA_BORDER;
import static org.embassage.store.Samples.leaf;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.MerkleHash;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.ActLeaf;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.junit.jupiter.api.Test;

/** What every {@link Ledgerbook} promises. */
interface LedgerbookContract extends StoreUnderTest {

    private Ledgerbook book() {
        return store().ledgerbook();
    }

    @Test
    default void anEmptyLedgerHasNothing() {
        assertThat(book().size()).isZero();
        assertThat(book().leaves(0, 9)).isEmpty();
        assertThat(book().newestCheckpoint()).isEmpty();
        assertThat(book().newestPeerNote(OSTRANA)).isEmpty();
    }

    @Test
    default void leavesAreReadInOrderWithTheirHashes() {
        Fact.LeafAppended a = leaf("a");
        Fact.LeafAppended b = leaf("b");
        Fact.LeafAppended c = leaf("c");
        commitAll(a, b);
        commitAll(c);

        assertThat(book().size()).isEqualTo(3);
        assertThat(book().leaves(0, 9))
                .containsExactly(a.leaf().text(), b.leaf().text(), c.leaf().text());
        assertThat(book().leaves(1, 1)).containsExactly(b.leaf().text());
        assertThat(book().leaves(3, 9)).isEmpty();
        List<byte[]> hashes = book().leafHashes(0, 9);
        assertThat(hashes).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(hashes.get(i))
                    .isEqualTo(MerkleHash.leaf(book().leaves(i, 1).get(0).getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    default void actsAreFoundAmongOtherLeaves() {
        commitAll(Samples.leaf("first"));
        commitAll(Samples.received(Samples.receipt(Samples.exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE), OSTRANA));
        commitAll(new Fact.LeafAppended(LedgerLeaf.agreement("QVL-QOS-2031-01", 1, Samples.digest("a"))));
        commitAll(Samples.leaf("second"));

        assertThat(book().acts(0, 9)).extracting(ActLeaf::subject).containsExactly("first", "second");
        assertThat(book().acts(1, 9)).singleElement().satisfies(act -> {
            assertThat(act.index()).isEqualTo(3);
            assertThat(act.word()).isEqualTo("RELEASE");
            assertThat(act.actor()).isEqualTo("desk 0193");
            assertThat(act.at().toEpochMilli()).isEqualTo(act.id().value().getMostSignificantBits() >>> 16);
        });
        assertThat(book().acts(0, 1)).hasSize(1);
    }

    @Test
    default void ourNewestCheckpointIsTheLargest() {
        commitAll(new Fact.CheckpointSigned(5, NOON, "note 5"));
        commitAll(new Fact.CheckpointSigned(9, NOON.plusSeconds(1), "note 9"));

        assertThat(book().newestCheckpoint()).contains(new HeldNote(9, NOON.plusSeconds(1), "note 9", true));
        assertThat(book().checkpoints(9)).extracting(HeldNote::size).containsExactly(9L, 5L);
        assertThat(book().checkpoints(1)).hasSize(1);
    }

    @Test
    default void aPeersLateSmallerNoteDoesNotHideTheNewest() {
        commitAll(held(8, 0, "note 8", true));
        commitAll(held(5, 1, "note 5", true));

        assertThat(book().newestPeerNote(OSTRANA)).map(HeldNote::size).contains(8L);
        assertThat(book().peerNotes(OSTRANA, 9)).extracting(HeldNote::size).containsExactly(5L, 8L);
        assertThat(book().newestPeerNote(OSTRANA_BORDER)).isEmpty();
    }

    @Test
    default void aLyingNoteIsKeptButIsNeverTheNewest() {
        commitAll(held(8, 0, "note 8", true));
        commitAll(held(80, 1, "lie", false));

        assertThat(book().newestPeerNote(OSTRANA)).map(HeldNote::note).contains("note 8");
        assertThat(book().peerNotes(OSTRANA, 9)).contains(new HeldNote(80, NOON.plusSeconds(1), "lie", false));
    }

    @Test
    default void aNoteThatComesAgainIsHeldOnce() {
        commitAll(held(8, 0, "note 8", true));
        commitAll(held(8, 1, "note 8", true));

        assertThat(book().peerNotes(OSTRANA, 9)).hasSize(1);
    }

    private static Fact held(long size, int seconds, String note, boolean consistent) {
        return new Fact.PeerNoteHeld(OSTRANA, size, NOON.plusSeconds(seconds), note, consistent);
    }
}
