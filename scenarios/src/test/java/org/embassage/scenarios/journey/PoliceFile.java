package org.embassage.scenarios.journey;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.embassage.translation.synthetic.QosSample;

/** Drops of the police of Ostrana, row by row, as docs/formats/feed-qos-police.md has them. SYNTHETIC. */
final class PoliceFile {

    private static final LocalDate TODAY = LocalDate.now(Clock.systemUTC());
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy", Locale.ROOT);
    private static final String HEADER = header();

    private final List<byte[]> rows = new ArrayList<>();
    private long total;

    private static String header() {
        String sample = new String(new QosSample(1, TODAY).drop(1, Set.of()), StandardCharsets.UTF_8);
        return sample.substring(0, sample.indexOf("\r\n") + 2);
    }

    /** A valid person with this record number and name in Latin and in Cyrillic letters. */
    static Map<String, String> person(String number, String latin, String cyrillic) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("druh", "OSOBA");
        cells.put("cislo", TODAY.getYear() + "-" + number);
        cells.put("zmena", "nový");
        cells.put("zapsano", DAY.format(TODAY));
        cells.put("zdroj", "1");
        cells.put("informace", "1");
        cells.put("zacházení", "H0");
        cells.put("фамилия", cyrillic);
        cells.put("příjmení", latin);
        cells.put("jméno", "Anna");
        cells.put("narození", "??.??.1974");
        cells.put("pohlaví", "Ž");
        cells.put("kategorie", "podezřelý");
        cells.put("důvod", "zatčení");
        cells.put("opatření", "zatknout");
        cells.put("platnost_do", DAY.format(TODAY.plusYears(1)));
        return cells;
    }

    static Map<String, String> person(String number) {
        return person(number, "SYNTHETIC", "СИНТЕТИК");
    }

    PoliceFile with(Map<String, String> cells) {
        return covered(row(cells).getBytes(StandardCharsets.UTF_8));
    }

    /** The row of cells, up to and with the separator before its checksum. */
    static String row(Map<String, String> cells) {
        String names = HEADER.strip().substring(1);
        StringBuilder row = new StringBuilder();
        for (String column : names.substring(0, names.lastIndexOf(';')).split(";")) {
            String cell = cells.getOrDefault(column, "");
            boolean plain = cell.chars().noneMatch(c -> c == ';' || c == '"' || c == '\n' || c == '\r');
            row.append(plain ? cell : '"' + cell.replace("\"", "\"\"") + '"').append(';');
        }
        return row.toString();
    }

    /** Adds a row of these bytes with their checksum. */
    PoliceFile covered(byte[] covered) {
        long sum = 0;
        for (int i = 1; i <= covered.length; i++) {
            sum += (long) i * (covered[i - 1] & 0xFF);
        }
        long checksum = sum % 99_991;
        total += checksum;
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        row.writeBytes(covered);
        row.writeBytes(String.format(Locale.ROOT, "%05d\r\n", checksum).getBytes(StandardCharsets.US_ASCII));
        rows.add(row.toByteArray());
        return this;
    }

    byte[] bytes() {
        return bytes(rows.size(), total);
    }

    long total() {
        return total;
    }

    /** With a trailer that states these numbers. */
    byte[] bytes(int count, long hashTotal) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HEADER.getBytes(StandardCharsets.UTF_8));
        rows.forEach(out::writeBytes);
        out.writeBytes(("KONEC;" + count + ";" + hashTotal + "\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
