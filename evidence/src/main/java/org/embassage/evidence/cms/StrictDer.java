package org.embassage.evidence.cms;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Primitive;

/** Reads octets that are one structure in DER (X.690 §10) and nothing else. Never throws for bad input. */
public final class StrictDer {

    private StrictDer() {}

    /** @return nothing if there is not one structure, something lies behind it, or encoding it again gives other bytes */
    public static Optional<ASN1Primitive> parse(byte[] octets) {
        try (ASN1InputStream in = new ASN1InputStream(new ByteArrayInputStream(octets), octets.length)) {
            ASN1Primitive structure = in.readObject();
            boolean alone = structure != null && in.read() == -1;
            return alone && Arrays.equals(structure.getEncoded("DER"), octets)
                    ? Optional.of(structure)
                    : Optional.empty();
        } catch (IOException | RuntimeException | StackOverflowError malformed) {
            return Optional.empty();
        }
    }
}
