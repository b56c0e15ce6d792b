package org.embassage.evidence.receipt;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.embassage.evidence.Digest;

/** META-INF/ASiCManifest001.xml (EN 319 162-1 §A.4): what the signature is over. There is one way to write it. */
final class AsicManifest {

    private AsicManifest() {}

    /** @param signed the signed entries in the container's order, without the mimetype */
    static byte[] write(Map<String, byte[]> signed) {
        StringBuilder xml = new StringBuilder(1200)
                .append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\"")
                .append(" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n")
                .append("  <asic:SigReference URI=\"")
                .append(Entries.SIGNATURE)
                .append("\" MimeType=\"application/pkcs7-signature\"/>\n");
        signed.forEach((name, content) -> xml.append("  <asic:DataObjectReference URI=\"")
                .append(name)
                .append("\" MimeType=\"")
                .append(name.endsWith(".xml") ? "application/xml" : "text/plain")
                .append("\">\n    <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\n")
                .append("    <ds:DigestValue>")
                .append(Base64.getEncoder()
                        .encodeToString(Digest.sha256(content).bytes()))
                .append("</ds:DigestValue>\n  </asic:DataObjectReference>\n"));
        return xml.append("</asic:ASiCManifest>\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
