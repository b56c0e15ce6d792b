package org.embassage.gateway.orders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.embassage.exchange.order.Officer;

/**
 * The pseudonym of whoever uses this account: random, made once, in the account's own folder. It leaves the machine; the
 * account does not.
 */
public final class OfficerFile {

    private OfficerFile() {}

    /** The usual place; the property {@code embassage.officer} names another. */
    public static Path usual() {
        String named = System.getProperty("embassage.officer", "");
        return named.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".config", "embassage", "officer")
                : Path.of(named);
    }

    /** Reads the pseudonym, or makes one. @throws UncheckedIOException if the file cannot be used */
    public static String pseudonym(Path file, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                make(file, random);
            }
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            if (!Officer.isPseudonym(text)) {
                throw new IOException("the officer file holds no pseudonym");
            }
            return text;
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private static void make(Path file, SecureRandom random) throws IOException {
        byte[] bits = new byte[8];
        random.nextBytes(bits);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException other) {
            return; // another command was first
        }
        Files.writeString(file, "p-" + HexFormat.of().formatHex(bits) + "\n", StandardCharsets.US_ASCII);
    }
}
