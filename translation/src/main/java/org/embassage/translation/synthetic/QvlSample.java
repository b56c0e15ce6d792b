package org.embassage.translation.synthetic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * Drops of the border guard of Velmark as docs/formats/feed-qvl-border-guard.md has them, written without looking at the
 * feed's description: so each checks the other. SYNTHETIC. Not thread-safe.
 */
public final class QvlSample {

    /** Bytes of one record. */
    public static final int RECORD_BYTES = 240;

    /** Text of national letters that the header holds, from byte 21. */
    static final String CANARY = "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽáčďéěíňóřšťúůýž[]!|#@$";

    private static final Charset IBM870 = Charset.forName("IBM870");
    private static final DateTimeFormatter YYMMDD = DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT);
    private static final int KINDS = 4;

    private final Invention invent;
    private final String series;

    /**
     * @param seed the same seed makes the same bytes, and other seeds other record references
     * @param today the day the records are dated around
     */
    public QvlSample(long seed, LocalDate today) {
        this.invent = new Invention(seed, today);
        this.series = String.format(Locale.ROOT, "%04X", seed & 0xFFFF);
    }

    /**
     * A whole drop, its records spread over the four kinds.
     *
     * @param records how many, 1 to 999999
     * @param bad indexes, from 1, of records that have a code that does not exist; their checksums are right
     */
    public byte[] drop(int records, Set<Integer> bad) {
        ByteArrayOutputStream out = new ByteArrayOutputStream((records + 2) * RECORD_BYTES);
        long total = 0;
        out.writeBytes(sealed(header()));
        for (int index = 1; index <= records; index++) {
            byte[] record = sealed(record(index, bad.contains(index)));
            total += checksum(record);
            out.writeBytes(record);
        }
        out.writeBytes(sealed(trailer(records, total % 10_000_000_000L)));
        return out.toByteArray();
    }

    private byte[] header() {
        byte[] record = blank("H0");
        put(record, 3, 6, YYMMDD.format(invent.today()));
        put(record, 9, 12, "QVL-BG");
        put(record, 21, 40, CANARY);
        put(record, 61, 30, "SYNTHETIC");
        return record;
    }

    private static byte[] trailer(int records, long total) {
        byte[] record = blank("T9");
        put(record, 3, 7, String.format(Locale.ROOT, "%07d", records));
        put(record, 10, 10, String.format(Locale.ROOT, "%010d", total));
        return record;
    }

    private byte[] record(int index, boolean bad) {
        byte[] record = switch (index % KINDS) {
            case 1 -> person(bad);
            case 2 -> document(bad);
            case 3 -> vehicle(bad);
            default -> incident(bad);
        };
        put(record, 191, 10, series + String.format(Locale.ROOT, "%06d", index));
        put(record, 201, 6, day(invent.recently()));
        put(record, 207, 6, invent.one(day(invent.recently()), "000000"));
        put(record, 213, 1, "N");
        put(record, 214, 1, invent.one("A", "B", "X"));
        put(record, 215, 1, invent.one("1", "2", "3"));
        put(record, 216, 3, invent.one("0", "02"));
        return record;
    }

    private byte[] person(boolean bad) {
        byte[] record = blank("P1");
        put(record, 3, 8, bad ? "NOSUCH" : invent.one("ARREST", "LOCATE"));
        put(record, 11, 30, invent.name(3).latin().replace("ra", "řá"));
        put(record, 41, 30, invent.name(2).latin());
        put(record, 71, 6, invent.one(day(invent.birth()), day(invent.birth()).substring(0, 2) + "0000"));
        put(record, 77, 1, invent.one("1", "2", "9"));
        put(record, 78, 3, invent.one("QVL", "QOS"));
        put(record, 81, 9, invent.letters(2) + invent.digits(7));
        put(record, 90, 3, "QVL");
        put(record, 93, 1, "P");
        put(record, 94, 8, invent.one("CUSTOMS", "DRUGS", "THEFT"));
        put(record, 102, 8, invent.one("ARRESTIN", "LOCINFRM"));
        put(record, 110, 6, day(invent.later()));
        put(record, 116, 16, invent.below(9) + " T " + invent.digits(3) + "/" + invent.digits(4));
        put(record, 132, 6, day(invent.recently()));
        put(record, 138, 18, invent.name(3).latin());
        put(record, 156, 3, "QVL");
        put(record, 159, 4, invent.one("", "E", "AV"));
        put(record, 163, 1, "S");
        put(record, 164, 27, invent.one("", invent.name(2).latin()));
        return record;
    }

    private byte[] document(boolean bad) {
        byte[] record = blank("D2");
        boolean blanks = invent.below(3) == 0;
        String number = invent.letters(2) + invent.digits(7);
        put(record, 3, 1, blanks ? "B" : "P");
        put(record, 4, 9, number);
        put(record, 13, 3, "QVL");
        put(record, 16, 6, blanks ? "999999" : day(invent.later()));
        put(record, 22, 8, bad ? "NOSUCH" : blanks ? "STOLBLNK" : invent.one("LOST", "STOLEN"));
        put(record, 30, 6, invent.one("000000", day(invent.recently())));
        if (blanks) {
            put(record, 106, 9, number.substring(0, 7) + "99");
        } else {
            String surname = invent.name(3).latin();
            put(record, 36, 30, surname);
            put(record, 66, 30, invent.name(2).latin());
            put(record, 96, 6, day(invent.birth()));
            put(record, 102, 1, invent.one("1", "2"));
            put(record, 103, 3, "QVL");
            put(record, 115, 6, day(invent.recently().minusYears(2)));
        }
        return record;
    }

    private byte[] vehicle(boolean bad) {
        byte[] record = blank("V3");
        put(record, 3, 8, bad ? "NOSUCH" : invent.one("STOLEN", "INCRIME"));
        put(record, 11, 17, "XZ9" + invent.letters(7) + invent.digits(7));
        put(record, 28, 10, invent.letters(2) + " " + invent.digits(2) + " " + invent.digits(3));
        put(record, 38, 3, "QVL");
        put(record, 41, 14, "EN-" + invent.digits(6));
        put(record, 55, 2, invent.one("01", "02", "03"));
        put(record, 57, 10, invent.name(2).latin().toUpperCase(Locale.ROOT));
        put(record, 67, 10, invent.letters(1) + invent.digits(2));
        put(record, 77, 2, invent.one("GY", "BK", "WH"));
        put(record, 79, 6, invent.one(day(invent.recently()), "000000"));
        return record;
    }

    private byte[] incident(boolean bad) {
        byte[] record = blank("S4");
        put(record, 3, 2, bad ? "??" : invent.one("SZ", "SM"));
        put(record, 5, 6, day(invent.recently()));
        put(record, 11, 4, invent.one("9999", "0415", "2350", "2400"));
        put(record, 15, 3, "QVL");
        put(record, 18, 30, invent.name(3).latin() + " Bridge");
        put(record, 48, 1, "D");
        put(record, 49, 30, invent.name(3).latin());
        put(record, 79, 30, invent.name(2).latin());
        put(record, 109, 6, day(invent.birth()));
        put(record, 115, 1, invent.one("1", "2"));
        put(record, 116, 2, "TB");
        put(record, 118, 6, "240220");
        put(record, 124, 30, "Cigarettes without stamps");
        put(record, 154, 9, "0" + invent.digits(8));
        put(record, 163, 2, "KS");
        put(record, 165, 3, "QVD");
        put(record, 168, 1, invent.one("F", "A"));
        put(record, 169, 22, "SYNTHETIC note");
        packed(record, 231, 5, Long.parseLong(invent.digits(6)));
        return record;
    }

    private static String day(LocalDate day) {
        return YYMMDD.format(day);
    }

    /** A record of blanks with its type. */
    static byte[] blank(String type) {
        byte[] record = new byte[RECORD_BYTES];
        Arrays.fill(record, (byte) 0x40);
        put(record, 1, 2, type);
        return record;
    }

    /** Puts text at a position, from 1, and cuts off what is longer than the field, as the mainframe does. */
    static void put(byte[] record, int at, int length, String text) {
        byte[] octets = text.getBytes(IBM870);
        System.arraycopy(octets, 0, record, at - 1, Math.min(octets.length, length));
    }

    /** Puts a packed number (COMP-3) with sign C. */
    static void packed(byte[] record, int at, int length, long number) {
        long rest = number;
        for (int i = length - 1; i >= 0; i--) {
            int low = i == length - 1 ? 0xC : (int) (rest % 10);
            rest = i == length - 1 ? rest : rest / 10;
            int high = (int) (rest % 10);
            rest /= 10;
            record[at - 1 + i] = (byte) (high << 4 | low);
        }
    }

    /** Puts the checksum into the last five bytes. */
    static byte[] sealed(byte[] record) {
        put(record, 236, 5, String.format(Locale.ROOT, "%05d", checksum(record)));
        return record;
    }

    static int checksum(byte[] record) {
        long sum = 0;
        for (int i = 1; i <= 235; i++) {
            sum += (long) i * (record[i - 1] & 0xFF);
        }
        return (int) (sum % 99_991);
    }
}
