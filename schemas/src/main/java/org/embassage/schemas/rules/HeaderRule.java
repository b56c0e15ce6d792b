package org.embassage.schemas.rules;

import java.util.HashMap;
import java.util.Map;
import org.embassage.schemas.xml.ElementRule;
import org.embassage.schemas.xml.ReadElement;

/**
 * HD-1: KindCode is the document element's name. HD-2: a message expires after it was created. HD-3: an answer is due
 * between the two. HD-4: AttachmentCount counts the attachments, and ManifestDigest is there exactly if there are any.
 * HD-5: nobody writes to themselves. DS-1: no message is about an INFORMANT_NEVER_SEND.
 */
final class HeaderRule implements ElementRule {

    private final Map<String, String> header = new HashMap<>();
    private String document = "";
    private int attachments;

    @Override
    public void start(ReadElement element) {
        if (element.node().parentName().equals("Message")
                && !element.node().name().equals("Header")) {
            document = element.node().name();
        }
    }

    @Override
    public void end(ReadElement element) {
        String name = element.node().name();
        if (element.node().parentName().equals("Header")) {
            header.put(name, element.text());
        } else if (name.equals("Attachment")) {
            attachments++;
        } else if (name.equals("DataSubjectCategoryCode")) {
            violatesIf(element, element.text().equals("INFORMANT_NEVER_SEND"), "DS-1");
        } else if (name.equals("Message")) {
            judge(element);
        }
    }

    private void judge(ReadElement message) {
        String created = value("CreatedDateTime");
        String expires = value("ExpiresDateTime");
        String respondBy = value("RespondByDateTime");
        violatesIf(message, !value("KindCode").equals(document), "HD-1");
        violatesIf(message, expires.compareTo(created) <= 0, "HD-2");
        violatesIf(
                message,
                !respondBy.isEmpty() && (respondBy.compareTo(created) <= 0 || respondBy.compareTo(expires) > 0),
                "HD-3");
        violatesIf(
                message,
                !value("AttachmentCount").equals(String.valueOf(attachments))
                        || header.containsKey("ManifestDigest") != attachments > 0,
                "HD-4");
        violatesIf(message, value("Sender").equals(value("Recipient")), "HD-5");
    }

    private String value(String name) {
        return header.getOrDefault(name, "");
    }

    private static void violatesIf(ReadElement element, boolean broken, String ruleId) {
        if (broken) {
            element.violates(ruleId);
        }
    }
}
