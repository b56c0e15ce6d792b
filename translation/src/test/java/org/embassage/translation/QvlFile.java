package org.embassage.translation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Files of the Velmark border guard, made by hand as docs/formats/feed-qvl-border-guard.md says. */
public final class QvlFile {

    public static final Charset IBM870 = Charset.forName("IBM870");
    private static final int SIZE = 240;

    private final List<byte[]> records = new ArrayList<>();

    /** A valid stolen passport, to be spoilt or changed. */
    public static byte[] passport() {
        byte[] r = blank("D2");
        put(r, 3, "P");
        put(r, 4, "L898902C3");
        put(r, 13, "UTO");
        put(r, 16, "320415");
        put(r, 22, "STOLEN");
        put(r, 30, "000000");
        put(r, 36, "ZLIKOVNÁŘOVÁ");
        put(r, 66, "ANNA");
        put(r, 96, "740812");
        put(r, 102, "2");
        put(r, 103, "QVL");
        put(r, 191, "SYNTH00001");
        put(r, 201, "310330");
        put(r, 207, "000000");
        put(r, 213, "N");
        put(r, 214, "A");
        put(r, 215, "1");
        put(r, 216, "02");
        return r;
    }

    /** A valid seizure. */
    public static byte[] seizure() {
        byte[] r = blank("S4");
        put(r, 3, "SZ");
        put(r, 5, "310329");
        put(r, 11, "0415");
        put(r, 15, "QVL");
        put(r, 116, "TB");
        put(r, 165, "QVD");
        put(r, 168, "F");
        put(r, 191, "SYNTH00002");
        put(r, 201, "310330");
        put(r, 207, "310330");
        put(r, 213, "N");
        put(r, 214, "A");
        put(r, 215, "1");
        put(r, 216, "0");
        return r;
    }

    public static byte[] blank(String type) {
        byte[] record = new byte[SIZE];
        Arrays.fill(record, (byte) 0x40);
        put(record, 1, type);
        return record;
    }

    /** Puts text at a position, from 1. */
    public static void put(byte[] record, int at, String text) {
        byte[] octets = text.getBytes(IBM870);
        System.arraycopy(octets, 0, record, at - 1, octets.length);
    }

    /** Puts the right checksum. */
    public static byte[] sealed(byte[] record) {
        put(record, 236, String.format(Locale.ROOT, "%05d", checksum(record)));
        return record;
    }

    static long checksum(byte[] record) {
        long sum = 0;
        for (int i = 1; i <= 235; i++) {
            sum += (long) i * (record[i - 1] & 0xFF);
        }
        return sum % 99_991;
    }

    /** Adds a record as it is. */
    public QvlFile raw(byte[] record) {
        records.add(record);
        return this;
    }

    /** Adds a record with its checksum. */
    public QvlFile with(byte[] record) {
        return raw(sealed(record));
    }

    public byte[] header() {
        byte[] header = blank("H0");
        put(header, 3, "310330QVL-BG");
        put(header, 21, "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽáčďéěíňóřšťúůýž[]!|#@$");
        put(header, 61, "SYNTHETIC");
        return sealed(header);
    }

    public byte[] bytes() {
        long total = 0;
        for (byte[] record : records) {
            String stated = new String(record, 235, 5, IBM870);
            total += stated.matches("[0-9]{5}") ? Integer.parseInt(stated) : 0;
        }
        return bytes(records.size(), total);
    }

    /** The file with a trailer that states these numbers. */
    public byte[] bytes(int count, long total) {
        byte[] trailer = blank("T9");
        put(trailer, 3, String.format(Locale.ROOT, "%07d%010d", count, total));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header());
        records.forEach(out::writeBytes);
        out.writeBytes(sealed(trailer));
        return out.toByteArray();
    }
}
