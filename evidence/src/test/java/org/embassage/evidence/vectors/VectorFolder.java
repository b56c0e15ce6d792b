package org.embassage.evidence.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embassage.evidence.Chance;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.TestLedger;
import org.embassage.evidence.verify.World;

/** Makes all that lies in vectors/, but its README. The same code makes the same octets. */
final class VectorFolder {

    private static final String HEAD = """
            # What a verifier must say of each file. README.md explains it. Made by EMBASSAGE_WRITE=vectors; do not edit.
            # file | trust | policy | at | verdict | check | indication | what was done
            """;

    /** Certificates begin a day before and end thirty days after. */
    private static final Instant MADE = Vector.NOW;

    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final SortedMap<String, KeyPair> keys = new TreeMap<>();

    private VectorFolder() {}

    /** Every vector, good ones first. */
    static List<Vector> catalogue() {
        return Stream.of(
                        GoodFiles.all(),
                        Times.good(),
                        Records.good(),
                        Witnesses.good(),
                        Periods.good(),
                        ZipTricks.all(),
                        FileAttacks.all(),
                        ReceiptAttacks.all(),
                        CertificateTricks.all(),
                        DishonestGateways.all(),
                        DishonestLedgers.all(),
                        Inventions.all(),
                        AuditorsSide.all(),
                        Times.bad(),
                        Records.bad(),
                        Witnesses.bad(),
                        Periods.bad())
                .flatMap(List::stream)
                .toList();
    }

    /** By path below vectors/. */
    static SortedMap<String, byte[]> make() {
        VectorFolder folder = new VectorFolder();
        for (Vector vector : catalogue()) {
            if (!folder.files.containsKey(vector.file())) {
                byte[] content = Chance.fixed(vector.file(), MADE, folder.keys, vector.maker());
                boolean verbatim =
                        vector.file().startsWith("receipts/") || vector.file().endsWith("/good-handed-over.zip");
                folder.files.put(vector.file(), verbatim ? content : Packed.of(content));
            }
        }
        Records.beside().forEach((file, maker) -> {
            byte[] content = folder.files.get(file);
            folder.files.put(file + ".ers", Chance.fixed(file + ".ers", MADE, folder.keys, () -> maker.apply(content)));
        });
        Chance.fixed("trust", MADE, folder.keys, () -> {
            folder.trust();
            return folder;
        });
        folder.policies();
        folder.accusations();
        folder.keys.forEach((name, pair) -> folder.put("keys/" + name.replace(' ', '-') + ".TEST-ONLY.pem", pem(pair)));
        folder.put(
                "vectors.txt",
                HEAD + catalogue().stream().map(v -> v.line() + "\n").collect(Collectors.joining()));
        return folder.files;
    }

    /** What accuses the owners of ledgers, alone. */
    static SortedMap<String, byte[]> misbehaviour() {
        VectorFolder folder = new VectorFolder();
        folder.accusations();
        return folder.files;
    }

    private void accusations() {
        StringBuilder lines = new StringBuilder("# file | verdict | reason | what was done\n");
        for (Misbehaviours.Case one : Misbehaviours.all()) {
            String path = "misbehaviour/" + one.name() + ".misbehaviour";
            files.put(path, Chance.fixed(path, MADE, keys, one.maker()));
            lines.append(one.line()).append('\n');
        }
        put("misbehaviour/misbehaviour.txt", lines.toString());
        put("misbehaviour/trust/keys.vkey", Chance.fixed("misbehaviour/trust", MADE, keys, Misbehaviours::trust));
    }

    private void trust() {
        World world = new World();
        X509Certificate qvl = world.qvlAuthority.certificate();
        X509Certificate qos = world.qosAuthority.certificate();
        X509CRL qvlList = world.qvlAuthority.crl();
        X509CRL qosList = world.qosAuthority.crl();
        anchors("usual", qvl, qos);
        anchors("pinned", qvl, qos);
        lists("pinned", qvlList, qosList);
        ledgerKeys("pinned", world.qvlLedger, world.qosLedger);
        anchors("no-ledger-keys", qvl, qos);
        lists("no-ledger-keys", qvlList, qosList);
        times("usual", world.tsa.crl(), world);
        times("pinned", world.tsa.crl(), world);
        revoked("seal-revoked-later", fresh(world, Vector.NOW.minusSeconds(1800)), world);
        anchors("no-time-stamping", qvl, qos);
        lists("no-time-stamping", qvlList, qosList);
        ledgerKeys("no-time-stamping", world.qvlLedger, world.qosLedger);
        anchors("tsa-revoked", qvl, qos);
        lists("tsa-revoked", qvlList, qosList);
        ledgerKeys("tsa-revoked", world.qvlLedger, world.qosLedger);
        times("tsa-revoked", world.tsa.crl(world.tsa.certificate()), world);
        revoked("seal-revoked", fresh(world, TestPki.start()), world);
        anchors("roots-exchanged", qos, qvl);
        put("trust/roots-unbound/one.pem", pem("CERTIFICATE", encoded(qvl)));
        put("trust/roots-unbound/two.pem", pem("CERTIFICATE", encoded(qos)));
        anchors("roots-swapped", new TestPki("QVL CA").certificate(), new TestPki("QOS CA").certificate());
        ledgerKeys("roots-swapped", world.qvlLedger, world.qosLedger);
        put("trust/roots-unknown/another.pem", pem("CERTIFICATE", encoded(new TestPki("Another CA").certificate())));
        anchors("other-ledger-key", qvl, qos);
        put("trust/other-ledger-key/QOS-POL.vkey", new TestLedger(World.QOS).vkey() + "\n");
    }

    /** A list that is newer than those in the files. */
    private static X509CRL fresh(World world, Instant revoked) {
        return world.qosAuthority.crl(
                Vector.NOW.minusSeconds(300), TestPki.end(), revoked, world.qosSeal.certificate());
    }

    private void revoked(String folder, X509CRL qos, World world) {
        anchors(folder, world.qvlAuthority.certificate(), world.qosAuthority.certificate());
        lists(folder, world.qvlAuthority.crl(), qos);
        ledgerKeys(folder, world.qvlLedger, world.qosLedger);
        times(folder, world.tsa.crl(), world);
    }

    private void times(String folder, X509CRL list, World world) {
        put(
                "trust/" + folder + "/time-stamping/TSA.pem",
                pem("CERTIFICATE", encoded(world.tsa.authority().certificate())));
        put("trust/" + folder + "/time-stamping/TSA.crl", pem("X509 CRL", encoded(list)));
    }

    private void lists(String folder, X509CRL qvl, X509CRL qos) {
        put("trust/" + folder + "/QVL.crl", pem("X509 CRL", encoded(qvl)));
        put("trust/" + folder + "/QOS.crl", pem("X509 CRL", encoded(qos)));
    }

    private void ledgerKeys(String folder, TestLedger qvl, TestLedger qos) {
        put("trust/" + folder + "/QVL-BG.vkey", qvl.vkey() + "\n");
        put("trust/" + folder + "/QOS-POL.vkey", qos.vkey() + "\n");
    }

    private void anchors(String folder, X509Certificate qvl, X509Certificate qos) {
        put("trust/" + folder + "/QVL.pem", pem("CERTIFICATE", encoded(qvl)));
        put("trust/" + folder + "/QOS.pem", pem("CERTIFICATE", encoded(qos)));
    }

    private void policies() {
        put(
                "policy/baseline.txt",
                letting(check -> check.number() >= Check.TIME_STAMP.number() && check != Check.PERIOD));
        put("policy/stamped.txt", letting(check -> check == Check.WITNESSED));
        put("policy/witnessed.txt", letting(check -> check == Check.TIME_STAMP || check == Check.ARCHIVE));
        put("policy/strict.txt", "embassage-policy/v1\n");
    }

    private static String letting(Predicate<Check> go) {
        return Stream.of(Check.values())
                .filter(check -> check != Check.SIDES) // of dispute files, and what one side lacks is never let go
                .filter(go)
                .map(check -> "optional " + check.id() + "\n")
                .collect(Collectors.joining("", "embassage-policy/v1\n", ""));
    }

    private void put(String path, String text) {
        files.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String pem(KeyPair pair) {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + type + "-----\n";
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(X509CRL list) {
        try {
            return list.getEncoded();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- the committed folder

    static Path path() {
        return Path.of("..", "vectors");
    }

    /** All files but the README and the disputes, which have a list of their own, by path below the folder. */
    static SortedMap<String, byte[]> read(Path folder) {
        SortedMap<String, byte[]> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (!name.equals("README.md") && !name.startsWith("disputes/")) {
                    found.put(name, Files.readAllBytes(file));
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the files there, in place of those that were. */
    static void write(Path folder, SortedMap<String, byte[]> made) {
        try {
            for (String old : read(folder).keySet()) {
                if (!made.containsKey(old)) {
                    Files.delete(folder.resolve(old));
                }
            }
            for (Map.Entry<String, byte[]> file : made.entrySet()) {
                Path target = folder.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                Files.write(target, file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
