package org.embassage.evidence.receipt;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.embassage.evidence.Digest;

/**
 * META-INF/ASiCManifest001.xml (EN 319 162-1 §A.4), what the signature is over, and META-INF/ASiCArchiveManifestNNN.xml
 * (§A.7), what an archive time-stamp is over. There is one way to write each.
 */
final class AsicManifest {

    private static final String SIGNATURE_TYPE = "application/pkcs7-signature";
    private static final String TOKEN_TYPE = "application/vnd.etsi.timestamp-token";

    private AsicManifest() {}

    /** @param signed the signed entries in the container's order, without the mimetype */
    static byte[] write(Map<String, byte[]> signed) {
        StringBuilder xml = start(Entries.SIGNATURE, SIGNATURE_TYPE);
        signed.forEach((name, content) -> reference(xml, name, content, false));
        return end(xml);
    }

    /**
     * The archive manifest of a number: the signature, the tokens before it, the manifest, the archive manifests before
     * it, what is signed.
     *
     * @param entries of the container; those of this number and later are not looked at
     */
    static byte[] archive(int number, Map<String, byte[]> entries) {
        StringBuilder xml = start(Entries.archiveToken(number), TOKEN_TYPE);
        add(xml, entries, Entries.SIGNATURE, false);
        for (int before = 1; before < number; before++) {
            add(xml, entries, Entries.archiveToken(before), false);
        }
        add(xml, entries, Entries.MANIFEST, false);
        for (int before = 1; before < number; before++) {
            add(xml, entries, Entries.archiveManifest(before), before == number - 1);
        }
        for (String signed : List.of(Entries.EVIDENCE, Entries.OWN_CHECKPOINT, Entries.PEER_CHECKPOINT)) {
            add(xml, entries, signed, false);
        }
        return end(xml);
    }

    private static StringBuilder start(String signature, String type) {
        return new StringBuilder(1200)
                .append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\"")
                .append(" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">\n")
                .append("  <asic:SigReference URI=\"")
                .append(signature)
                .append("\" MimeType=\"")
                .append(type)
                .append("\"/>\n");
    }

    private static void add(StringBuilder xml, Map<String, byte[]> entries, String name, boolean root) {
        byte[] content = entries.get(name);
        if (content != null) {
            reference(xml, name, content, root);
        }
    }

    private static void reference(StringBuilder xml, String name, byte[] content, boolean root) {
        xml.append("  <asic:DataObjectReference URI=\"")
                .append(name)
                .append("\" MimeType=\"")
                .append(type(name))
                .append(root ? "\" Rootfile=\"true\">\n" : "\">\n")
                .append("    <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>\n")
                .append("    <ds:DigestValue>")
                .append(Base64.getEncoder()
                        .encodeToString(Digest.sha256(content).bytes()))
                .append("</ds:DigestValue>\n  </asic:DataObjectReference>\n");
    }

    private static String type(String name) {
        if (name.endsWith(".xml")) {
            return "application/xml";
        }
        if (name.endsWith(".p7s")) {
            return SIGNATURE_TYPE;
        }
        return name.endsWith(".tst") ? TOKEN_TYPE : "text/plain";
    }

    private static byte[] end(StringBuilder xml) {
        return xml.append("</asic:ASiCManifest>\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
