package org.embassage.evidence.receipt;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.embassage.evidence.Digest;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.Checkpoints;
import org.embassage.evidence.receipt.Evidence.HandoverBasis;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.Evidence.Terms;

/**
 * Evidence as XML ({@code evidence-1.xsd}, element names modelled on EN 319 522-3). There is one way to write it, and
 * only what is written that way is read: reading ends by writing again and comparing the bytes, so nothing can hide in
 * white space, comments, prefixes or attributes.
 */
final class EvidenceXml {

    static final String NAMESPACE = "urn:embassage:evidence:1";
    static final int MAX_BYTES = 64 * 1024;

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final XMLInputFactory FACTORY = hardenedFactory();

    private EvidenceXml() {}

    static byte[] write(Evidence e) {
        Writer xml = new Writer();
        xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Evidence xmlns=\"" + NAMESPACE + "\" version=\"1.0\">\n");
        xml.element("EvidenceIdentifier", e.id());
        xml.element("ERDSEventId", e.event().uri());
        xml.element("EventTime", MILLIS.format(e.time()));
        xml.open("EvidenceIssuerDetails");
        xml.element("Gateway", e.issuer());
        xml.element("CertificateDigest", e.issuerCertificate());
        xml.close("EvidenceIssuerDetails");
        xml.element("SenderDetails", e.sender());
        e.recipient().ifPresent(recipient -> xml.element("RecipientDetails", recipient));
        subject(xml, e.subject());
        e.terms().ifPresent(terms -> terms(xml, terms));
        e.digests().ifPresent(digests -> digests(xml, digests));
        e.reasons().forEach(reason -> reason(xml, reason));
        e.basis().ifPresent(basis -> xml.element("HandoverBasis", basis));
        e.act().ifPresent(act -> act(xml, act));
        e.previous().ifPresent(previous -> {
            xml.open("PreviousEvidence");
            xml.element("EvidenceIdentifier", previous.id());
            xml.element("ManifestDigest", previous.manifest());
            xml.close("PreviousEvidence");
        });
        xml.element("OwnCheckpoint", Entries.OWN_CHECKPOINT);
        if (e.checkpoints().peer().isPresent()) {
            xml.element("PeerCheckpoint", Entries.PEER_CHECKPOINT);
        } else {
            xml.element("PeerCheckpointAbsent", "FIRST_CONTACT");
        }
        return xml.raw("</Evidence>\n").octets();
    }

    private static void subject(Writer xml, Subject subject) {
        if (subject instanceof Subject.OfExchange of) {
            xml.open("Exchange");
            xml.element("MessageIdentifier", of.exchange());
            xml.element("KindCode", of.kind());
            xml.element("SchemaVersion", of.schemaVersion());
            xml.element("SequenceNumber", of.sequence());
            xml.element("SubmissionTime", MILLIS.format(of.submitted()));
            of.submission().ifPresent(submission -> submission(xml, submission));
            of.supersedes().ifPresent(id -> xml.element("Supersedes", id));
            xml.close("Exchange");
        } else if (subject instanceof Subject.OfSubmission of) {
            submission(xml, of.submission());
        } else if (subject instanceof Subject.OfPeer) {
            xml.raw("  <Peer/>\n");
        } else {
            xml.raw("  <UnopenedMessage/>\n");
        }
    }

    private static void submission(Writer xml, SubmissionRef submission) {
        xml.open("Submission");
        xml.element("DropIdentifier", submission.drop());
        submission.recordIndex().ifPresent(index -> xml.element("RecordIndex", index));
        xml.close("Submission");
    }

    private static void terms(Writer xml, Terms terms) {
        xml.open("Terms");
        xml.element("AgreementID", terms.agreementId());
        xml.element("AgreementVersion", terms.agreementVersion());
        xml.element("AgreementDigest", terms.agreementDigest());
        xml.element("Clause", terms.clause());
        xml.element("Decision", terms.decision());
        terms.applied().forEach(rule -> xml.element("Applied", rule));
        xml.close("Terms");
    }

    private static void digests(Writer xml, MessageDigests digests) {
        xml.open("MessageDigests");
        xml.element("OuterDigest", digests.outer());
        digests.inner().ifPresent(inner -> xml.element("InnerDigest", inner));
        digests.manifest().ifPresent(manifest -> xml.element("ManifestDigest", manifest));
        xml.close("MessageDigests");
    }

    private static void reason(Writer xml, Reason reason) {
        xml.open("EventReason");
        xml.element("Code", reason.code());
        reason.clause().ifPresent(clause -> xml.element("Clause", clause));
        reason.field().ifPresent(field -> xml.element("Field", field));
        xml.close("EventReason");
    }

    private static void act(Writer xml, Act act) {
        xml.open("Act");
        xml.element("Word", act.word());
        xml.element("Role", act.role());
        act.pseudonym().ifPresent(name -> xml.element("Pseudonym", name));
        act.item().ifPresent(item -> xml.element("Item", item));
        xml.close("Act");
    }

    /**
     * Reads evidence.
     *
     * @param checkpoints the notes that lie beside it in the container
     * @return nothing if the bytes are not exactly what {@link #write} gives for what they say
     */
    static Optional<Evidence> read(byte[] octets, Checkpoints checkpoints) {
        if (octets.length > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(octets), "UTF-8");
            Cursor cursor = new Cursor(reader);
            Evidence evidence = read(cursor, checkpoints);
            return Arrays.equals(write(evidence), octets) ? Optional.of(evidence) : Optional.empty();
        } catch (XMLStreamException | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private static Evidence read(Cursor xml, Checkpoints checkpoints) throws XMLStreamException {
        xml.enter("Evidence");
        EvidenceId id = EvidenceId.parse(xml.text("EvidenceIdentifier"));
        EvidenceEvent event = EvidenceEvent.ofUri(xml.text("ERDSEventId"));
        Instant time = Instant.parse(xml.text("EventTime"));
        xml.enter("EvidenceIssuerDetails");
        GatewayId issuer = new GatewayId(xml.text("Gateway"));
        Digest certificate = Digest.fromHex(xml.text("CertificateDigest"));
        xml.leave();
        GatewayId sender = new GatewayId(xml.text("SenderDetails"));
        Optional<GatewayId> recipient = xml.maybe("RecipientDetails", GatewayId::new);
        Subject subject = readSubject(xml);
        Optional<Terms> terms = xml.at("Terms") ? Optional.of(readTerms(xml)) : Optional.empty();
        Optional<MessageDigests> digests = xml.at("MessageDigests") ? Optional.of(readDigests(xml)) : Optional.empty();
        List<Reason> reasons = new ArrayList<>();
        while (xml.at("EventReason")) {
            xml.enter("EventReason");
            reasons.add(new Reason(
                    xml.text("Code"),
                    xml.maybe("Clause", Function.identity()),
                    xml.maybe("Field", Function.identity())));
            xml.leave();
        }
        Optional<HandoverBasis> basis = xml.maybe("HandoverBasis", HandoverBasis::valueOf);
        Optional<Act> act = xml.at("Act") ? Optional.of(readAct(xml)) : Optional.empty();
        Optional<Previous> previous = xml.at("PreviousEvidence") ? Optional.of(readPrevious(xml)) : Optional.empty();
        return new Evidence(
                id,
                event,
                time,
                issuer,
                certificate,
                sender,
                recipient,
                subject,
                terms,
                digests,
                reasons,
                basis,
                act,
                previous,
                checkpoints);
    }

    private static Subject readSubject(Cursor xml) throws XMLStreamException {
        if (xml.at("Exchange")) {
            xml.enter("Exchange");
            Subject subject = new Subject.OfExchange(
                    ExchangeId.parse(xml.text("MessageIdentifier")),
                    xml.text("KindCode"),
                    xml.text("SchemaVersion"),
                    Long.parseLong(xml.text("SequenceNumber")),
                    Instant.parse(xml.text("SubmissionTime")),
                    xml.at("Submission") ? Optional.of(readSubmission(xml)) : Optional.empty(),
                    xml.maybe("Supersedes", ExchangeId::parse));
            xml.leave();
            return subject;
        }
        if (xml.at("Submission")) {
            return new Subject.OfSubmission(readSubmission(xml));
        }
        if (xml.at("Peer")) {
            xml.enter("Peer");
            xml.leave();
            return new Subject.OfPeer();
        }
        xml.enter("UnopenedMessage");
        xml.leave();
        return new Subject.Unopened();
    }

    private static SubmissionRef readSubmission(Cursor xml) throws XMLStreamException {
        xml.enter("Submission");
        SubmissionRef submission =
                new SubmissionRef(DropId.parse(xml.text("DropIdentifier")), xml.maybe("RecordIndex", Integer::valueOf));
        xml.leave();
        return submission;
    }

    private static Terms readTerms(Cursor xml) throws XMLStreamException {
        xml.enter("Terms");
        String id = xml.text("AgreementID");
        int version = Integer.parseInt(xml.text("AgreementVersion"));
        Digest digest = Digest.fromHex(xml.text("AgreementDigest"));
        String clause = xml.text("Clause");
        String decision = xml.text("Decision");
        List<String> applied = new ArrayList<>();
        while (xml.at("Applied")) {
            applied.add(xml.text("Applied"));
        }
        xml.leave();
        return new Terms(id, version, digest, clause, decision, applied);
    }

    private static MessageDigests readDigests(Cursor xml) throws XMLStreamException {
        xml.enter("MessageDigests");
        MessageDigests digests = new MessageDigests(
                Digest.fromHex(xml.text("OuterDigest")),
                xml.maybe("InnerDigest", Digest::fromHex),
                xml.maybe("ManifestDigest", Digest::fromHex));
        xml.leave();
        return digests;
    }

    private static Act readAct(Cursor xml) throws XMLStreamException {
        xml.enter("Act");
        Act act = new Act(
                xml.text("Word"),
                xml.text("Role"),
                xml.maybe("Pseudonym", Function.identity()),
                xml.maybe("Item", Function.identity()));
        xml.leave();
        return act;
    }

    private static Previous readPrevious(Cursor xml) throws XMLStreamException {
        xml.enter("PreviousEvidence");
        Previous previous = new Previous(
                EvidenceId.parse(xml.text("EvidenceIdentifier")), Digest.fromHex(xml.text("ManifestDigest")));
        xml.leave();
        return previous;
    }

    private static XMLInputFactory hardenedFactory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /** Writes elements one a line, indented by nothing that a reader could disagree about. */
    private static final class Writer {
        private final StringBuilder text = new StringBuilder(2048);

        Writer raw(String xml) {
            text.append(xml);
            return this;
        }

        void open(String name) {
            text.append("  <").append(name).append(">\n");
        }

        void close(String name) {
            text.append("  </").append(name).append(">\n");
        }

        void element(String name, Object value) {
            text.append("  <").append(name).append('>');
            escape(value.toString());
            text.append("</").append(name).append(">\n");
        }

        private void escape(String value) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                switch (c) {
                    case '<' -> text.append("&lt;");
                    case '>' -> text.append("&gt;");
                    case '&' -> text.append("&amp;");
                    default -> text.append(c);
                }
            }
        }

        byte[] octets() {
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Walks over elements in the order in which they must come. */
    private static final class Cursor {
        private final XMLStreamReader reader;

        Cursor(XMLStreamReader reader) throws XMLStreamException {
            this.reader = reader;
            reader.nextTag();
        }

        boolean at(String name) {
            return reader.isStartElement() && reader.getLocalName().equals(name);
        }

        void enter(String name) throws XMLStreamException {
            require(at(name));
            reader.nextTag();
        }

        void leave() throws XMLStreamException {
            require(reader.isEndElement());
            reader.nextTag();
        }

        String text(String name) throws XMLStreamException {
            require(at(name));
            String text = reader.getElementText();
            reader.nextTag();
            return text;
        }

        <T> Optional<T> maybe(String name, Function<String, T> parse) throws XMLStreamException {
            return at(name) ? Optional.of(parse.apply(text(name))) : Optional.empty();
        }

        private static void require(boolean condition) throws XMLStreamException {
            if (!condition) {
                throw new XMLStreamException("unexpected element");
            }
        }
    }
}
