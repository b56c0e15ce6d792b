package org.embassage.referees;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The referees, each of whom gives one opinion of each line. */
enum Referee {
    SCRIPT("verify.sh", Referee::script),
    DSS("EU DSS 6.4", Referee::dss),
    OPENSSL("openssl", Referee::openssl),
    GO("Go sumdb", Referee::go);

    private static final Path HERE = Path.of("").toAbsolutePath();

    /** What a referee says of a file that it is not made for. */
    static final String NOT_ASKED = "–";

    private final String column;
    private final Function<List<Line>, List<String>> asked;

    Referee(String column, Function<List<Line>, List<String>> asked) {
        this.column = column;
        this.asked = asked;
    }

    /** The heading of its column in docs/verdicts.md. */
    String column() {
        return column;
    }

    /** Opinions in the order of the lines. */
    List<String> judge(List<Line> lines) {
        return asked.apply(lines);
    }

    // ---- EU DSS

    private static List<String> dss(List<Line> lines) {
        Map<String, Trust> folders = new LinkedHashMap<>();
        return lines.stream()
                .map(line -> {
                    Trust trust = folders.computeIfAbsent(line.trust(), name -> Trust.read(line.trustFolder()));
                    return worst(Dss.judge(line.path(), trust, line.at()));
                })
                .toList();
    }

    /** The worst that is said of a receipt of the file, and what is said of the evidence record beside it. */
    private static String worst(SortedMap<String, Opinion> opinions) {
        Optional<Opinion> record = Optional.ofNullable(opinions.remove(Dss.RECORD));
        return opinions.values().stream()
                        .max(Comparator.comparingInt(Opinion::weight))
                        .map(Opinion::toString)
                        .orElse("UNREADABLE")
                        .replace("CAdES-BASELINE-", "")
                + record.map(opinion -> ", record " + opinion).orElse("");
    }

    // ---- openssl

    private static List<String> openssl(List<Line> lines) {
        return each(lines, (trust, at, files) -> opensslSays(trust, at.toString(), files.toArray(Path[]::new)));
    }

    /** A line for each file: its path, a tab, VERIFIED or REFUSED and why. */
    static String opensslSays(Path trust, String at, Path... files) {
        Path script = Path.of("src", "test", "sh", "by-openssl.sh").toAbsolutePath();
        return Tool.run(Map.of(), HERE, command(files, "sh", script.toString(), trust.toString(), at));
    }

    // ---- Go

    private static List<String> go(List<Line> lines) {
        return each(lines, (trust, at, files) -> goSays(trust, files.toArray(Path[]::new)));
    }

    /** A line for each file: its path, a tab, VERIFIED, OPEN, REJECTED or UNREADABLE and why. */
    static String goSays(Path trust, Path... files) {
        return Tool.run(Map.of(), HERE, command(files, GoProgram.compiled().toString(), trust.toString()));
    }

    private static List<String> command(Path[] files, String... words) {
        return Stream.concat(Stream.of(words), Stream.of(files).map(Path::toString))
                .toList();
    }

    private interface Batch {
        /** One line for each file: its path, a tab, an opinion. */
        String judge(Path trust, Instant at, List<Path> files);
    }

    /** Asks once for all lines of the same trust and instant: starting a tool costs more than its work. */
    private static List<String> each(List<Line> lines, Batch batch) {
        Map<String, List<Line>> alike = new LinkedHashMap<>();
        lines.forEach(line -> alike.computeIfAbsent(line.trust() + line.at(), key -> new ArrayList<>())
                .add(line));
        Map<Line, String> opinions = new LinkedHashMap<>();
        for (List<Line> some : alike.values()) {
            List<String> said = batch.judge(
                            some.get(0).trustFolder(),
                            some.get(0).at(),
                            some.stream().map(Line::path).toList())
                    .lines()
                    .toList();
            if (said.size() != some.size()) {
                throw new IllegalStateException("a referee did not answer for each file");
            }
            for (int i = 0; i < some.size(); i++) {
                opinions.put(
                        some.get(i), said.get(i).replaceFirst("^[^\t]*\t", "").replaceFirst("^(VERIFIED) .*", "$1"));
            }
        }
        return lines.stream().map(opinions::get).toList();
    }

    // ---- verify.sh

    private static List<String> script(List<Line> lines) {
        return scriptSays(lines, "sh");
    }

    /** The script that lies in every bundle. */
    static Path verifySh() {
        return Path.of("..", "evidence", "src", "main", "resources", "org", "embassage", "evidence", "verify.sh")
                .toAbsolutePath()
                .normalize();
    }

    /** @param shell the words of the command that runs a script */
    static List<String> scriptSays(List<Line> lines, String... shell) {
        return lines.parallelStream()
                .map(line -> line.isReceipt() ? NOT_ASKED : scriptSays(line, shell))
                .toList();
    }

    private static String scriptSays(Line line, String... shell) {
        List<String> said = Tool.run(
                        Map.of(),
                        HERE,
                        Stream.concat(
                                        Stream.of(shell),
                                        Stream.of(
                                                verifySh().toString(),
                                                "--trust",
                                                line.trustFolder().toString(),
                                                "--policy",
                                                line.policyFile().toString(),
                                                "--at",
                                                line.at().toString(),
                                                line.path().toString()))
                                .toList())
                .lines()
                .toList();
        return said.isEmpty() ? "nothing" : said.get(said.size() - 1).replaceFirst(":.*", "");
    }
}
