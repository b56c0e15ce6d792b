package org.embassage.evidence.vectors;

import static org.embassage.evidence.verify.Check.CONTAINER;
import static org.embassage.evidence.verify.Check.INDEX;
import static org.embassage.evidence.verify.Check.RECEIPT;
import static org.embassage.evidence.verify.Indication.FORMAT_FAILURE;
import static org.embassage.evidence.verify.Indication.HASH_FAILURE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.verify.World;

/** Files in which two readers may see different contents. */
final class ZipTricks {

    private static final int END = 22;

    private ZipTricks() {}

    static List<Vector> all() {
        return List.of(
                Vector.bundle(
                        "zip-prefix",
                        CONTAINER,
                        FORMAT_FAILURE,
                        "octets before the first entry, as a self-extracting archive has",
                        () -> joined(World.text("#!/bin/sh\n"), new Scene().bundle())),
                Vector.bundle(
                        "zip-suffix",
                        CONTAINER,
                        FORMAT_FAILURE,
                        "octets behind the end record",
                        () -> joined(new Scene().bundle(), World.text("PAID IN FULL"))),
                Vector.bundle(
                        "zip-comment",
                        CONTAINER,
                        FORMAT_FAILURE,
                        "a comment in the end record",
                        () -> comment(new Scene().bundle())),
                Vector.bundle(
                        "zip-gap",
                        CONTAINER,
                        FORMAT_FAILURE,
                        "octets between the last entry and the directory",
                        () -> gap(new Scene().bundle())),
                Vector.bundle(
                        "zip64",
                        CONTAINER,
                        FORMAT_FAILURE,
                        "a ZIP64 end record that says the same",
                        () -> zip64(new Scene().bundle())),
                Vector.bundle(
                        "zip-entry-twice", CONTAINER, FORMAT_FAILURE, "one path twice, with other content", () -> {
                            Scene scene = new Scene();
                            String path = BundlePath.receipt(scene.relayed.id());
                            String other =
                                    path.replace(scene.relayed.id().toString(), "00000000-0000-7000-8000-000000000000");
                            byte[] doubled = scene.edit(files -> files.put(other, scene.accepted.container()));
                            return renamed(doubled, other, path);
                        }),
                Vector.bundle(
                        "zip-path-outside",
                        CONTAINER,
                        FORMAT_FAILURE,
                        "an entry whose name leads out of the folder into which it is unpacked",
                        () -> renamed(
                                new Scene().edit(files -> files.put("notes/aa/aaaaaaaa", World.text("x"))),
                                "notes/aa/aaaaaaaa",
                                "../../../aaaaaaaa")),
                Vector.bundle(
                        "zip-directory-disagrees",
                        CONTAINER,
                        FORMAT_FAILURE,
                        "an entry has another name in the directory than before its content",
                        ZipTricks::disagreeing),
                Vector.bundle(
                        "zip-repacked",
                        CONTAINER,
                        FORMAT_FAILURE,
                        "the same files, packed by a usual ZIP tool",
                        () -> repacked(Scene.entries(new Scene().bundle()))),
                Vector.bundle("truncated", INDEX, HASH_FAILURE, "the first half of the file", () -> {
                    byte[] good = new Scene().bundle();
                    return Arrays.copyOf(good, good.length / 2);
                }),
                Vector.receipt(
                        "zip-prefix",
                        CONTAINER,
                        FORMAT_FAILURE,
                        "octets before the first entry",
                        () -> joined(World.text("#!/bin/sh\n"), new Scene().receipt())),
                Vector.receipt(
                        "zip-repacked",
                        RECEIPT,
                        FORMAT_FAILURE,
                        "the same entries, packed by a usual ZIP tool",
                        () -> repacked(Scene.entries(new Scene().receipt()))),
                Vector.receipt(
                        "zip-huge-entry",
                        RECEIPT,
                        FORMAT_FAILURE,
                        "an entry that unpacks to 16 MiB of zeros",
                        () -> repacked(withHuge(Scene.entries(new Scene().receipt())))));
    }

    private static Map<String, byte[]> withHuge(Map<String, byte[]> entries) {
        entries.put("META-INF/timestamp001.tst", new byte[1 << 24]);
        return entries;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static byte[] comment(byte[] zip) {
        byte[] longer = joined(zip, World.text("PAID"));
        longer[zip.length - 2] = 4;
        return longer;
    }

    private static byte[] gap(byte[] zip) {
        int directory = buffer(zip).getInt(zip.length - END + 16);
        byte[] hidden = World.text("hidden octets");
        byte[] longer = joined(joined(Arrays.copyOf(zip, directory), hidden), tail(zip, directory));
        buffer(longer).putInt(longer.length - END + 16, directory + hidden.length);
        return longer;
    }

    /** APPNOTE 4.3.14 and 4.3.15; the end record then says that the offset is elsewhere. */
    private static byte[] zip64(byte[] zip) {
        int end = zip.length - END;
        ByteBuffer old = buffer(zip);
        ByteBuffer more = ByteBuffer.allocate(76).order(ByteOrder.LITTLE_ENDIAN);
        more.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
        more.putInt(0).putInt(0);
        more.putLong(old.getShort(end + 8)).putLong(old.getShort(end + 10));
        more.putLong(old.getInt(end + 12)).putLong(old.getInt(end + 16));
        more.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        byte[] longer = joined(joined(Arrays.copyOf(zip, end), more.array()), tail(zip, end));
        buffer(longer).putInt(longer.length - END + 16, -1);
        return longer;
    }

    private static byte[] disagreeing() {
        Scene scene = new Scene();
        byte[] zip = scene.bundle();
        String path = BundlePath.receipt(scene.relayed.id());
        String other = path.replace(scene.relayed.id().toString(), "00000000-0000-7000-8000-000000000000");
        int directory = buffer(zip).getInt(zip.length - END + 16);
        return joined(Arrays.copyOf(zip, directory), renamed(tail(zip, directory), path, other));
    }

    private static byte[] repacked(Map<String, byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(java.time.LocalDateTime.of(2026, 11, 25, 6, 0));
                zip.putNextEntry(entry);
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.toByteArray();
    }

    private static byte[] renamed(byte[] zip, String from, String to) {
        return World.replaced(zip, from, to);
    }

    private static byte[] tail(byte[] octets, int from) {
        return Arrays.copyOfRange(octets, from, octets.length);
    }

    private static ByteBuffer buffer(byte[] zip) {
        return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    }
}
