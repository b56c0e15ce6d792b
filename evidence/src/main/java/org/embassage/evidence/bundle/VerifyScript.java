package org.embassage.evidence.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The script verify.sh, which checks a bundle with POSIX sh, coreutils, unzip and openssl. Every bundle carries it. */
public final class VerifyScript {

    private static final byte[] OCTETS = load();

    private VerifyScript() {}

    /** UTF-8, as it lies in this project and in every bundle of this version. */
    public static byte[] octets() {
        return OCTETS.clone();
    }

    private static byte[] load() {
        try (InputStream in = VerifyScript.class.getResourceAsStream("/org/embassage/evidence/verify.sh")) {
            return Objects.requireNonNull(in, "verify.sh is part of this module")
                    .readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
