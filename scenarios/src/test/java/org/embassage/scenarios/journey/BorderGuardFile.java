package org.embassage.scenarios.journey;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.embassage.translation.synthetic.QvlSample;

/** Drops of the border guard of Velmark, changed record by record, as docs/formats/feed-qvl-border-guard.md has them. */
final class BorderGuardFile {

    static final Charset IBM870 = Charset.forName("IBM870");
    private static final int SIZE = QvlSample.RECORD_BYTES;
    private static final LocalDate TODAY = LocalDate.now(Clock.systemUTC());

    private final byte[] header;
    private final List<byte[]> records = new ArrayList<>();

    /** A sample's records: person, document, vehicle, seizure, and so on. */
    BorderGuardFile(long seed, int count) {
        byte[] drop = new QvlSample(seed, TODAY).drop(count, Set.of());
        header = Arrays.copyOf(drop, SIZE);
        for (int i = 1; i <= count; i++) {
            records.add(Arrays.copyOfRange(drop, i * SIZE, (i + 1) * SIZE));
        }
    }

    /**
     * Fills a field and makes the record's checksum right again.
     *
     * @param record index, from 1
     * @param at position, from 1
     */
    BorderGuardFile put(int record, int at, int length, String text) {
        byte[] octets = records.get(record - 1);
        Arrays.fill(octets, at - 1, at - 1 + length, (byte) 0x40);
        place(octets, at, text);
        seal(octets);
        return this;
    }

    byte[] bytes() {
        return bytes(records.size(), total());
    }

    long total() {
        return records.stream().mapToLong(BorderGuardFile::checksum).sum() % 10_000_000_000L;
    }

    /** With a trailer that states these numbers. */
    byte[] bytes(int count, long total) {
        byte[] trailer = new byte[SIZE];
        Arrays.fill(trailer, (byte) 0x40);
        place(trailer, 1, "T9" + String.format(Locale.ROOT, "%07d%010d", count, total));
        seal(trailer);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header);
        records.forEach(out::writeBytes);
        out.writeBytes(trailer);
        return out.toByteArray();
    }

    private static void place(byte[] record, int at, String text) {
        byte[] octets = text.getBytes(IBM870);
        System.arraycopy(octets, 0, record, at - 1, octets.length);
    }

    private static void seal(byte[] record) {
        place(record, 236, String.format(Locale.ROOT, "%05d", checksum(record)));
    }

    private static long checksum(byte[] record) {
        long sum = 0;
        for (int i = 1; i <= 235; i++) {
            sum += (long) i * (record[i - 1] & 0xFF);
        }
        return sum % 99_991;
    }
}
