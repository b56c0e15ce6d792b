package org.embassage.translation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Files of the Ostrana police, made by hand as docs/formats/feed-qos-police.md says. */
public final class QosFile {

    private static final String COLUMNS =
            "druh;cislo;zmena;zapsano;ověřeno;zdroj;informace;zacházení;фамилия;имя;отчество;"
                    + "příjmení;jméno;narození;místo_narození;země_narození;pohlaví;příslušnost;kategorie;osobní_číslo;adresa;"
                    + "doklad_druh;doklad_číslo;doklad_stát;doklad_vydán;doklad_platnost;mrz;důvod;událost;opatření;trestný_čin;"
                    + "varování;zatykač_číslo;zatykač_den;zatykač_orgán;platnost_do;vin;rz;rz_stát;motor;vozidlo_druh;značka;"
                    + "model;barva;čas;místo;země;šířka;délka;role;zboží;hs;zboží_popis;množství;jednotka;hodnota;měna;balení;"
                    + "poznámka;kontrola";

    private final List<byte[]> rows = new ArrayList<>();
    private long total;

    /** A valid person, to be changed. */
    public static Map<String, String> person() {
        Map<String, String> cells = common("OSOBA");
        cells.put("фамилия", "ЗЛИКОВНАРОВА");
        cells.put("имя", "Анна");
        cells.put("příjmení", "ZLIKOVNAROVA|ZLIKOWNAROVA");
        cells.put("jméno", "Anna");
        cells.put("narození", "??.??.1974");
        cells.put("pohlaví", "Ž");
        cells.put("kategorie", "podezřelý");
        cells.put("důvod", "zatčení");
        cells.put("opatření", "zatknout");
        cells.put("platnost_do", "30.03.2033");
        return cells;
    }

    /** A valid seizure. */
    public static Map<String, String> seizure() {
        Map<String, String> cells = common("ZAJIŠTĚNÍ");
        cells.put("důvod", "zajištění");
        cells.put("událost", "30.03.2031");
        cells.put("země", "QOS");
        cells.put("zboží", "tabák");
        cells.put("množství", "12.400,5");
        cells.put("jednotka", "ks");
        cells.put("hodnota", "1.234,56");
        cells.put("měna", "QOD");
        return cells;
    }

    private static Map<String, String> common(String kind) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("druh", kind);
        cells.put("cislo", "2031-00017");
        cells.put("zmena", "nový");
        cells.put("zapsano", "30.03.2031");
        cells.put("zdroj", "1");
        cells.put("informace", "1");
        cells.put("zacházení", "H0");
        return cells;
    }

    /** Adds a row of cells. */
    public QosFile with(Map<String, String> cells) {
        StringBuilder row = new StringBuilder();
        for (String column : COLUMNS.substring(0, COLUMNS.lastIndexOf(';')).split(";")) {
            String cell = cells.getOrDefault(column, "");
            boolean plain = cell.chars().noneMatch(c -> c == ';' || c == '"' || c == '\n' || c == '\r');
            row.append(plain ? cell : '"' + cell.replace("\"", "\"\"") + '"').append(';');
        }
        return covered(row.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a row whose bytes up to the checksum are these. */
    public QosFile covered(byte[] covered) {
        long sum = 0;
        for (int i = 1; i <= covered.length; i++) {
            sum += (long) i * (covered[i - 1] & 0xFF);
        }
        int checksum = (int) (sum % 99_991);
        ByteArrayOutputStream row = new ByteArrayOutputStream();
        row.writeBytes(covered);
        row.writeBytes(String.format(Locale.ROOT, "%05d", checksum).getBytes(StandardCharsets.US_ASCII));
        return raw(row.toByteArray(), checksum);
    }

    /** Adds a row as it is. */
    public QosFile raw(byte[] row, int statedChecksum) {
        rows.add(row);
        total += statedChecksum;
        return this;
    }

    public byte[] bytes() {
        return bytes(rows.size(), total);
    }

    public byte[] bytes(int count, long hashTotal) {
        return bytes("\uFEFF" + COLUMNS + "\r\n", "KONEC;" + count + ";" + hashTotal + "\r\n");
    }

    /** The file with another beginning and end. */
    public byte[] bytes(String beginning, String end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(beginning.getBytes(StandardCharsets.UTF_8));
        for (byte[] row : rows) {
            out.writeBytes(row);
            out.writeBytes(new byte[] {'\r', '\n'});
        }
        out.writeBytes(end.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    public static String header() {
        return "\uFEFF" + COLUMNS + "\r\n";
    }
}
