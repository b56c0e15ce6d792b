package org.embassage.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.translation.synthetic.QosSample;

/**
 * Drops of the police of Ostrana whose records all travel by one transport: the agreement of development homes sends people
 * and vehicles by JMS, documents and seizures by SFTP. SYNTHETIC. No two records of one object have the same reference.
 */
final class Drops {

    /** As many as a drop has at most here. */
    static final int MOST_RECORDS = 256;

    /** Characters added to each record's note, so that its document has about 10 kB. */
    private static final int PADDING = 7500;

    private static final Map<Transport, Set<String>> KINDS =
            Map.of(Transport.JMS, Set.of("OSOBA", "VOZIDLO"), Transport.SFTP, Set.of("DOKLAD", "ZAJIŠTĚNÍ"));
    private static final int CHECKSUM_DIGITS = 5;

    private final Set<String> kinds;
    private final LocalDate today;
    private long seed;

    Drops(Transport transport, LocalDate today) {
        this.kinds = KINDS.getOrDefault(transport, Set.of());
        this.today = today;
    }

    /** The next drops with so many records in all. */
    List<byte[]> next(int records) {
        List<byte[]> drops = new ArrayList<>();
        for (int left = records; left > 0; left -= MOST_RECORDS) {
            drops.add(drop(Math.min(left, MOST_RECORDS)));
        }
        return drops;
    }

    /** Two kinds of four go by each transport, so half of a sample's rows are wanted. */
    private byte[] drop(int records) {
        seed++;
        String text =
                new String(new QosSample(seed, today, PADDING).drop(2 * records + 2, Set.of()), StandardCharsets.UTF_8);
        List<String> lines = List.of(text.split("\r\n"));
        List<String> rows = lines.subList(1, lines.size() - 1).stream()
                .filter(row -> kinds.contains(row.substring(0, row.indexOf(';'))))
                .limit(records)
                .toList();
        long total = rows.stream()
                .mapToLong(row -> Long.parseLong(row.substring(row.length() - CHECKSUM_DIGITS)))
                .sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(line(lines.get(0)));
        rows.forEach(row -> out.writeBytes(line(row)));
        out.writeBytes(line("KONEC;" + rows.size() + ";" + total));
        return out.toByteArray();
    }

    private static byte[] line(String text) {
        return (text + "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Drops as a domestic system should: under another name first. */
    static void place(List<byte[]> drops, Path folder, String name) throws IOException {
        List<Path> written = new ArrayList<>();
        for (byte[] drop : drops) {
            Path file = folder.resolve(String.format(Locale.ROOT, "%s-%04d.csv.tmp", name, written.size()));
            written.add(Files.write(file, drop));
        }
        for (Path file : written) {
            String plain = file.getFileName().toString().replaceFirst("\\.tmp$", "");
            Files.move(file, file.resolveSibling(plain), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
