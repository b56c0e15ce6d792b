package org.embassage.translation.synthetic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Drops of the police of Ostrana as docs/formats/feed-qos-police.md has them, written without looking at the feed's
 * description: so each checks the other. SYNTHETIC. Not thread-safe.
 */
public final class QosSample {

    /** The columns, in order. */
    static final List<String> COLUMNS = List.of(
            ("druh cislo zmena zapsano ověřeno zdroj informace zacházení фамилия имя отчество příjmení jméno narození"
                            + " místo_narození země_narození pohlaví příslušnost kategorie osobní_číslo adresa doklad_druh"
                            + " doklad_číslo doklad_stát doklad_vydán doklad_platnost mrz důvod událost opatření"
                            + " trestný_čin varování zatykač_číslo zatykač_den zatykač_orgán platnost_do vin rz rz_stát"
                            + " motor vozidlo_druh značka model barva čas místo země šířka délka role zboží hs zboží_popis"
                            + " množství jednotka hodnota měna balení poznámka kontrola")
                    .split(" "));

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.ROOT);
    private static final int KINDS = 4;
    private static final int MOST_PADDING = 9_900;

    private final Invention invent;
    private final String year;
    private final String series;
    private final int padding;

    /** Drops of records as they usually are: documents of 2 to 4 kB. */
    public QosSample(long seed, LocalDate today) {
        this(seed, today, 0);
    }

    /**
     * @param seed the same seed makes the same bytes, and other seeds other record references
     * @param today the day the records are dated around
     * @param padding characters that the note of each record gets in addition, at most 9900: with 7500 the documents have
     *     about 10 kB
     */
    public QosSample(long seed, LocalDate today, int padding) {
        if (padding < 0 || padding > MOST_PADDING) {
            throw new IllegalArgumentException("padding is 0 to 9900");
        }
        this.invent = new Invention(seed, today);
        this.year = Integer.toString(today.getYear());
        this.series = String.format(Locale.ROOT, "%03d", Math.floorMod(seed, 1000L));
        this.padding = padding;
    }

    /**
     * A whole drop, its records spread over the four kinds.
     *
     * @param records how many, 1 to 999999
     * @param bad indexes, from 1, of records that have a code that does not exist; their checksums are right
     */
    public byte[] drop(int records, Set<Integer> bad) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
        out.writeBytes(utf8(String.join(";", COLUMNS) + "\r\n"));
        long total = 0;
        for (int index = 1; index <= records; index++) {
            byte[] covered = utf8(row(index, bad.contains(index)));
            int checksum = checksum(covered);
            total += checksum;
            out.writeBytes(covered);
            out.writeBytes(utf8(String.format(Locale.ROOT, "%05d\r\n", checksum)));
        }
        out.writeBytes(utf8("KONEC;" + records + ";" + total % 10_000_000_000L + "\r\n"));
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static int checksum(byte[] covered) {
        long sum = 0;
        for (int i = 1; i <= covered.length; i++) {
            sum += (long) i * (covered[i - 1] & 0xFF);
        }
        return (int) (sum % 99_991);
    }

    /** The row up to and with the separator before the checksum. */
    private String row(int index, boolean bad) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("cislo", year + "-" + series + String.format(Locale.ROOT, "%06d", index));
        cells.put("zmena", "nový");
        cells.put("zapsano", DAY.format(invent.recently()));
        cells.put("ověřeno", invent.one("", DAY.format(invent.recently())));
        cells.put("zdroj", invent.one("1", "2", "9"));
        cells.put("informace", invent.one("1", "2", "3"));
        cells.put("zacházení", invent.one("H0", "H0|H2"));
        cells.put("poznámka", note());
        switch (index % KINDS) {
            case 1 -> person(cells, bad);
            case 2 -> document(cells, bad);
            case 3 -> vehicle(cells, bad);
            default -> incident(cells, bad);
        }
        StringBuilder row = new StringBuilder();
        for (String column : COLUMNS.subList(0, COLUMNS.size() - 1)) {
            row.append(quoted(cells.getOrDefault(column, ""))).append(';');
        }
        return row.toString();
    }

    static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == ';' || c == '"' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    private String note() {
        StringBuilder note = new StringBuilder("SYNTHETIC; \"poznámka\"\nдруга строка");
        int length = note.length() + padding;
        while (note.length() < length) {
            note.append(' ').append(invent.name(3).latin());
        }
        note.setLength(length);
        return note.toString().strip();
    }

    private void names(Map<String, String> cells) {
        Invention.Name surname = invent.name(3);
        Invention.Name given = invent.name(2);
        cells.put("фамилия", surname.cyrillic());
        cells.put("имя", given.cyrillic());
        cells.put("отчество", invent.one("", invent.name(2).cyrillic() + "ич"));
        cells.put("příjmení", surname.latin() + "|" + surname.latin().replace("v", "w") + "a");
        cells.put("jméno", given.latin());
        cells.put(
                "narození",
                invent.one(
                        DAY.format(invent.birth()),
                        "??.??." + invent.birth().getYear(),
                        "01.01." + invent.birth().getYear()));
        cells.put("pohlaví", invent.one("M", "Ž", "neuv."));
    }

    private void person(Map<String, String> cells, boolean bad) {
        cells.put("druh", "OSOBA");
        names(cells);
        cells.put("místo_narození", invent.name(3).cyrillic());
        cells.put("země_narození", "QOS");
        cells.put("příslušnost", invent.one("QOS", "QOS|QVL"));
        cells.put("kategorie", "podezřelý");
        cells.put("osobní_číslo", "QOS-" + invent.digits(6) + "-" + invent.digits(4));
        cells.put("adresa", invent.name(2).cyrillic() + " 12");
        cells.put("doklad_druh", "pas");
        cells.put("doklad_číslo", invent.letters(1) + invent.digits(8));
        cells.put("doklad_stát", "QOS");
        cells.put("doklad_vydán", DAY.format(invent.recently().minusYears(3)));
        cells.put("doklad_platnost", DAY.format(invent.later()));
        cells.put("důvod", bad ? "nic takového" : invent.one("zatčení", "pobyt"));
        cells.put("opatření", invent.one("zatknout", "sdělit pobyt"));
        cells.put("trestný_čin", invent.one("clo", "clo|drogy"));
        cells.put("varování", invent.one("", "útěk", "ozbrojen|násilný"));
        cells.put("zatykač_číslo", invent.below(9) + " T " + invent.digits(3) + "/" + year);
        cells.put("zatykač_den", DAY.format(invent.recently()));
        cells.put("zatykač_orgán", "SYNTHETIC soud");
        cells.put("platnost_do", DAY.format(invent.later()));
    }

    private void document(Map<String, String> cells, boolean bad) {
        cells.put("druh", "DOKLAD");
        names(cells);
        cells.put("kategorie", "jiný");
        cells.put("doklad_druh", invent.one("pas", "OP"));
        cells.put("doklad_číslo", invent.letters(1) + " " + invent.digits(8));
        cells.put("doklad_stát", "QOS");
        cells.put("doklad_vydán", DAY.format(invent.recently().minusYears(3)));
        cells.put("doklad_platnost", DAY.format(invent.later()));
        cells.put("důvod", bad ? "nic takového" : invent.one("ztráta", "krádež"));
        cells.put("událost", invent.one("neuv.", DAY.format(invent.recently()), "??.03." + year));
    }

    private void vehicle(Map<String, String> cells, boolean bad) {
        cells.put("druh", "VOZIDLO");
        cells.put("důvod", bad ? "nic takového" : invent.one("krádež", "použito k činu"));
        cells.put("událost", DAY.format(invent.recently()));
        cells.put("vin", "XZ9" + invent.letters(7) + invent.digits(7));
        cells.put(
                "rz",
                invent.letters(2) + "-" + invent.digits(3)
                        + invent.one("", "|" + invent.letters(2) + " " + invent.digits(4)));
        cells.put("rz_stát", "QOS");
        cells.put("motor", "EN-" + invent.digits(7));
        cells.put("vozidlo_druh", invent.one("osobní", "dodávka"));
        cells.put("značka", invent.name(2).latin().toUpperCase(Locale.ROOT));
        cells.put("model", invent.letters(1) + invent.digits(2));
        cells.put("barva", invent.one("šedá", "černá"));
    }

    private void incident(Map<String, String> cells, boolean bad) {
        cells.put("druh", "ZAJIŠTĚNÍ");
        names(cells);
        LocalDate day = invent.recently();
        cells.put("důvod", bad ? "nic takového" : invent.one("zajištění", "zajištění|pašování"));
        cells.put("událost", DAY.format(day));
        cells.put("čas", invent.one("", DAY.format(day) + " 04:15", DAY.format(day) + " 24:00"));
        cells.put("místo", invent.name(3).cyrillic());
        cells.put("země", "QOS");
        cells.put("šířka", "12,505");
        cells.put("délka", "-30,86525");
        cells.put("kategorie", "podezřelý");
        cells.put("role", "řidič");
        cells.put("zboží", "tabák");
        cells.put("hs", "240220");
        cells.put("zboží_popis", "цигары без марки");
        cells.put("množství", "12.400,5");
        cells.put("jednotka", "ks");
        cells.put("hodnota", "1.234,56");
        cells.put("měna", "QOD");
        cells.put("balení", "kartony po 200");
    }
}
