package org.embassage.schemas;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.embassage.schemas.xml.ElementRule;
import org.embassage.schemas.xml.ReadElement;
import org.embassage.schemas.xml.SchemaNode;

/** Collects the views of a message in the pass that validates it. They may be asked for only if the file is valid. */
final class ViewCollector implements ElementRule {

    private final Map<String, String> header = new HashMap<>();
    private final Map<String, List<String>> governance = new HashMap<>();
    private final List<DocumentView.Subject> subjects = new ArrayList<>();
    private final Set<String> present = new LinkedHashSet<>();
    private final Set<String> withheld = new LinkedHashSet<>();
    private String category = "";
    private String document = "";

    @Override
    public void start(ReadElement element) {
        SchemaNode node = element.node();
        if (!node.path().isEmpty()) {
            (element.nil() ? withheld : present).add(node.path());
        } else if (!node.name().equals("Message")) {
            document = node.name();
            present.clear();
        }
    }

    @Override
    public void end(ReadElement element) {
        SchemaNode node = element.node();
        if (node.hasChildren()) {
            return;
        }
        switch (node.parentName()) {
            case "Header", "AgreementRef" -> header.put(node.name(), element.text());
            case "Governance" ->
                governance
                        .computeIfAbsent(node.name(), name -> new ArrayList<>(2))
                        .add(element.text());
            default -> subject(node.name(), element);
        }
    }

    private void subject(String name, ReadElement element) {
        if (name.equals("DataSubjectCategoryCode")) {
            category = element.text();
        } else if (name.equals("MinorIndicator")) {
            subjects.add(new DocumentView.Subject(category, element.text().equals("true")));
        }
    }

    MessageView message() {
        return new MessageView(header(), document());
    }

    DocumentView document() {
        return new DocumentView(
                DocumentKind.named(document).orElseThrow(),
                governance(),
                List.copyOf(subjects),
                Collections.unmodifiableSet(present),
                Collections.unmodifiableSet(withheld));
    }

    private MessageHeader header() {
        return new MessageHeader(
                UUID.fromString(text("ExchangeID")),
                optional("ConversationID").map(UUID::fromString),
                optional("InReplyTo").map(UUID::fromString),
                optional("Supersedes").map(UUID::fromString),
                DocumentKind.named(text("KindCode")).orElseThrow(),
                text("SchemaVersion"),
                text("StatusCode"),
                text("ActionCode"),
                text("Sender"),
                text("Recipient"),
                text("RecipientCertificateDigest"),
                new MessageHeader.Agreement(
                        text("AgreementID"), Integer.parseInt(text("AgreementVersion")), text("AgreementDigest")),
                text("PriorityCode"),
                Instant.parse(text("CreatedDateTime")),
                Instant.parse(text("ExpiresDateTime")),
                optional("RespondByDateTime").map(Instant::parse),
                Long.parseLong(text("SequenceNumber")),
                text("PayloadSalt"),
                Integer.parseInt(text("AttachmentCount")),
                optional("ManifestDigest"));
    }

    private Governance governance() {
        return new Governance(
                all("LegalBasisRef"),
                one("PurposeCode"),
                Set.copyOf(all("HandlingCode")),
                all("TLPCode").stream().findFirst(),
                one("OnwardTransferCode"),
                all("OnwardPartyCode"),
                one("EvidenceUseCode"),
                LocalDate.parse(one("RetainUntilDate")),
                all("ReviewByDate").stream().findFirst().map(LocalDate::parse),
                one("SpecialCategoryIndicator").equals("true"),
                one("FactOrAssessmentCode"),
                one("SourceEvaluationCode"),
                one("InformationEvaluationCode"),
                all("LastVerifiedDate").stream().findFirst().map(LocalDate::parse),
                one("OriginRecordRef"),
                all("OriginCountryCode"),
                Set.copyOf(all("ConditionCode")));
    }

    private String text(String name) {
        return optional(name).orElseThrow();
    }

    private Optional<String> optional(String name) {
        return Optional.ofNullable(header.get(name));
    }

    private String one(String name) {
        return all(name).get(0);
    }

    private List<String> all(String name) {
        return List.copyOf(governance.getOrDefault(name, List.of()));
    }
}
