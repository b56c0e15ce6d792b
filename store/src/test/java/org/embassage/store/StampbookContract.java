package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.store.Samples.NOON;
import static org.embassage.store.Samples.OSTRANA;
import static org.embassage.store.Samples.digest;
import static org.embassage.store.Samples.exchangeId;
import static org.embassage.store.Samples.issued;
import static org.embassage.store.Samples.leaf;
import static org.embassage.store.Samples.receipt;
import static org.embassage.store.Samples.received;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Published;
import org.embassage.exchange.journal.Stampbook;
import org.embassage.exchange.journal.Stampbook.StatusKind;
import org.embassage.exchange.journal.Stamping;
import org.junit.jupiter.api.Test;

/** What every {@link Stampbook} promises. */
interface StampbookContract extends StoreUnderTest {

    private Stampbook book() {
        return store().stampbook();
    }

    @Test
    default void anEmptyStoreProvesNoTime() {
        assertThat(book().setting()).isEmpty();
        assertThat(book().unstamped(0, 9)).isEmpty();
        assertThat(book().newestAnchor()).isEmpty();
        assertThat(book().anchorOver(0)).isEmpty();
        assertThat(book().covered(0)).isEmpty();
        assertThat(book().stamped()).isZero();
        assertThat(book().statuses(StatusKind.CRL)).isEmpty();
    }

    @Test
    default void theNewestSettingHoldsAndEachIsALeaf() {
        commitAll(set(Stamping.ANCHORED, 0));
        commitAll(set(Stamping.EACH, 1));

        assertThat(book().setting()).contains(new Stampbook.Setting(Stamping.EACH, 1, NOON));
        assertThat(store().ledgerbook().size()).isEqualTo(2);
    }

    @Test
    default void receiptsOfBothSidesWaitInTheOrderOfTheirLeaves() {
        Receipt ours = kept(true);
        commitAll(leaf("an act waits for no token"));
        Receipt theirs = kept(false);

        assertThat(book().unstamped(0, 9))
                .containsExactly(
                        new Stampbook.Unstamped(ours.id(), 0, ours.signature()),
                        new Stampbook.Unstamped(theirs.id(), 2, theirs.signature()));
        assertThat(book().unstamped(0, 1)).hasSize(1);
        assertThat(book().unstamped(1, 9)).hasSize(1);
    }

    @Test
    default void aStampedReceiptWaitsNoMoreAndItsTokenIsFoundAfterARestart() {
        Receipt first = kept(true);
        Receipt second = kept(true);
        commitAll(new Fact.ReceiptStamped(0, NOON, octets("token")));

        Stampbook book = reopen().stampbook();
        assertThat(book.token(first.id())).contains(new Stampbook.Kept(NOON, octets("token")));
        assertThat(book.token(second.id())).isEmpty();
        assertThat(book.unstamped(0, 9))
                .extracting(Stampbook.Unstamped::receipt)
                .containsExactly(second.id());
        assertThat(book.stamped()).isOne();
    }

    @Test
    default void aSecondTokenChangesNothing() {
        Receipt receipt = kept(true);
        commitAll(new Fact.ReceiptStamped(0, NOON, octets("token")));
        commitAll(new Fact.ReceiptStamped(0, NOON.plusSeconds(1), octets("other")));

        assertThat(book().token(receipt.id())).map(Stampbook.Kept::token).contains(octets("token"));
    }

    @Test
    default void theSmallestAnchoredCheckpointThatCoversALeafProvesItsTimeFirst() {
        commitAll(anchor(5, 0), anchor(9, 60));
        commitAll(anchor(9, 90));

        assertThat(book().anchorOver(4)).map(Stampbook.Anchor::size).contains(5L);
        assertThat(book().anchorOver(5))
                .contains(new Stampbook.Anchor(9, "note 9 at 60", NOON.plusSeconds(60), octets("token 9")));
        assertThat(book().anchorOver(9)).isEmpty();
        assertThat(book().newestAnchor()).map(Stampbook.Anchor::size).contains(9L);
        assertThat(book().anchors(9)).extracting(Stampbook.Anchor::size).containsExactly(9L, 5L);
    }

    @Test
    default void aLeafIsCoveredSinceTheFirstCheckpointOverIt() {
        commitAll(new Fact.CheckpointSigned(5, NOON, "note 5"));
        commitAll(new Fact.CheckpointSigned(9, NOON.plusSeconds(60), "note 9"));
        commitAll(new Fact.CheckpointSigned(9, NOON.plusSeconds(90), "note 9 again"));

        assertThat(book().covered(4)).contains(NOON);
        assertThat(book().covered(5)).contains(NOON.plusSeconds(60));
        assertThat(book().covered(9)).isEmpty();
    }

    @Test
    default void aListThatWasKeptStaysTheFirst() {
        commitAll(new Fact.StatusKept(StatusKind.CRL, NOON, octets("list")));
        commitAll(
                new Fact.StatusKept(StatusKind.CRL, NOON.plusSeconds(1), octets("list")),
                new Fact.StatusKept(StatusKind.CRL, NOON.plusSeconds(1), octets("newer list")),
                new Fact.StatusKept(StatusKind.CERTIFICATE, NOON, octets("authority")));

        assertThat(book().statuses(StatusKind.CRL))
                .containsExactly(
                        new Stampbook.Status(StatusKind.CRL, NOON, octets("list")),
                        new Stampbook.Status(StatusKind.CRL, NOON.plusSeconds(1), octets("newer list")));
        assertThat(book().statuses(StatusKind.CERTIFICATE)).hasSize(1);
        assertThat(book().keeps(octets("list").digest())).isTrue();
        assertThat(book().keeps(digest("no list"))).isFalse();
    }

    private Receipt kept(boolean ours) {
        Receipt receipt = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(ours ? issued(receipt, OSTRANA) : received(receipt, OSTRANA));
        return receipt;
    }

    private static Fact set(Stamping mode, long from) {
        return new Fact.TimeStampingSet(mode, from, NOON, leaf(mode.name()).leaf());
    }

    private static Fact anchor(long size, int seconds) {
        Instant at = NOON.plusSeconds(seconds);
        return new Fact.CheckpointStamped(size, "note " + size + " at " + seconds, at, octets("token " + size));
    }

    private static Published octets(String text) {
        return new Published(text.getBytes(StandardCharsets.UTF_8));
    }
}
