package org.embassage.evidence.cms;

import java.math.BigInteger;

/** The one curve of the profile. */
final class Curves {

    /** Order of the base point of P-256 (FIPS 186-4 §D.1.2.3). */
    static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private Curves() {}
}
