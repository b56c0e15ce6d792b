package org.embassage.exchange.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.junit.jupiter.api.Test;

class DispatchBundleTest {

    private static final List<WireItem> ITEMS = List.of(
            new WireItem(ItemKind.MESSAGE, new byte[] {1, 2, 3}),
            new WireItem(ItemKind.RECEIPT, new byte[0]),
            new WireItem(ItemKind.VOID, new VoidNotice(1, 2).octets()));

    @Test
    void aBundleIsReadAsItWasWritten() {
        List<WireItem> read =
                DispatchBundle.decode(DispatchBundle.encode(ITEMS)).orElseThrow();

        assertThat(read).extracting(WireItem::kind).containsExactly(ItemKind.MESSAGE, ItemKind.RECEIPT, ItemKind.VOID);
        assertThat(read.get(0).octets()).containsExactly(1, 2, 3);
    }

    @Test
    void theBytesAreThoseOfTheFormatsPage() {
        byte[] bundle = DispatchBundle.encode(List.of(new WireItem(ItemKind.MESSAGE, new byte[] {(byte) 0xab})));

        assertThat(HexFormat.of().formatHex(bundle, 0, 15))
                .isEqualTo("454d424201" + "00000001" + "01" + "00000001" + "ab");
        assertThat(Arrays.copyOfRange(bundle, 15, bundle.length))
                .isEqualTo(Digest.sha256(Arrays.copyOf(bundle, 15)).bytes());
    }

    @Test
    void everyFlippedByteAndEveryTruncationIsUnreadable() {
        byte[] bundle = DispatchBundle.encode(ITEMS);
        for (int i = 0; i < bundle.length; i++) {
            byte[] flipped = bundle.clone();
            flipped[i] ^= 1;
            assertThat(DispatchBundle.decode(flipped)).as("byte %s", i).isEmpty();
            assertThat(DispatchBundle.decode(Arrays.copyOf(bundle, i)))
                    .as("length %s", i)
                    .isEmpty();
        }
        assertThat(DispatchBundle.decode(Arrays.copyOf(bundle, bundle.length + 1)))
                .isEmpty();
    }

    @Test
    void lengthsThatLieAreUnreadableEvenUnderARightTrailer() {
        for (int length : new int[] {-1, Integer.MAX_VALUE, 2, 4}) {
            assertThat(DispatchBundle.decode(withLength(length)))
                    .as("length %s", length)
                    .isEmpty();
        }
        assertThat(DispatchBundle.decode(withLength(3))).isPresent();
    }

    private static byte[] withLength(int length) {
        ByteBuffer body = ByteBuffer.allocate(17).put(new byte[] {'E', 'M', 'B', 'B', 1});
        body.putInt(1).put((byte) 1).putInt(length).put(new byte[] {1, 2, 3});
        return ByteBuffer.allocate(17 + 32)
                .put(body.array())
                .put(Digest.sha256(body.array()).bytes())
                .array();
    }

    @Test
    void anItemOfAnUnknownKindMakesTheBundleUnreadable() {
        byte[] body = Arrays.copyOf(withLength(3), 17);
        body[9] = 99;
        byte[] bundle = ByteBuffer.allocate(49)
                .put(body)
                .put(Digest.sha256(body).bytes())
                .array();

        assertThat(DispatchBundle.decode(bundle)).isEmpty();
    }

    @Test
    void anEmptyBundleIsNotWritten() {
        assertThatThrownBy(() -> DispatchBundle.encode(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aVoidNoticeHasOneForm() {
        assertThat(VoidNotice.parse(new VoidNotice(65, 128).octets())).isEqualTo(Optional.of(new VoidNotice(65, 128)));
        for (String bad : List.of(
                "embassage-void/v1\n0 1\n",
                "embassage-void/v1\n2 1\n",
                "embassage-void/v1\n1 2",
                "embassage-void/v1\n01 2\n")) {
            assertThat(VoidNotice.parse(bad.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                    .as(bad)
                    .isEmpty();
        }
    }
}
