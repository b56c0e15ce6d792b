package org.embassage.sealing.development;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** The mark by which development certificates are known, so that no gateway takes them for real ones. */
public final class DevelopmentMark {

    /** The organizational unit in the subject of every development certificate, from the CA down. */
    public static final String UNIT = "DEVELOPMENT ONLY";

    private DevelopmentMark() {}

    /** Whether the certificate, or the CA that issued it, was made for development. */
    public static boolean isOn(X509Certificate certificate) {
        return isOn(certificate.getSubjectX500Principal()) || isOn(certificate.getIssuerX500Principal());
    }

    private static boolean isOn(X500Principal name) {
        return Arrays.stream(X500Name.getInstance(name.getEncoded()).getRDNs())
                .flatMap(rdn -> Arrays.stream(rdn.getTypesAndValues()))
                .anyMatch(DevelopmentMark::isMark);
    }

    private static boolean isMark(AttributeTypeAndValue part) {
        return part.getType().equals(BCStyle.OU)
                && IETFUtils.valueToString(part.getValue()).strip().equalsIgnoreCase(UNIT);
    }
}
