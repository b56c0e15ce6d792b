package org.embassage.schemas;

import java.util.ArrayList;
import java.util.List;
import org.embassage.schemas.agreement.AgreementType;
import org.embassage.schemas.exchange.MessageType;
import org.embassage.schemas.peercard.PeerCardType;
import org.embassage.schemas.rules.DocumentRules;
import org.embassage.schemas.xml.ElementRule;
import org.embassage.schemas.xml.Limits;
import org.embassage.schemas.xml.Violation;

/**
 * Reads messages, documents, agreements and peer cards, all of them untrusted. Thread-safe; nothing is fetched.
 *
 * <p>Guarantees: a view exists only of bytes that obey schema and named rules; reading costs bounded memory and time; no
 * answer repeats what a file says where it is wrong.
 *
 * <p>Does not guarantee that anybody signed the bytes or that what they say is true.
 */
public final class SharedSchema {

    /** Namespace of messages and documents. */
    public static final String NAMESPACE = "urn:embassage:exchange:1";

    /** Namespace of agreements. */
    public static final String AGREEMENT_NAMESPACE = "urn:embassage:agreement:1";

    /** Namespace of peer cards. */
    public static final String PEER_CARD_NAMESPACE = "urn:embassage:peer-card:1";

    /** The version of the shared schema that this build writes, major and minor. */
    public static final String VERSION = "1.0";

    private SharedSchema() {}

    /** Reads a message: a header and one document. */
    public static SchemaCheck<MessageView> validateMessage(byte[] message) {
        return validateMessage(message, Limits.DEFAULT);
    }

    /** Reads a message within other limits. */
    public static SchemaCheck<MessageView> validateMessage(byte[] message, Limits limits) {
        ViewCollector collector = new ViewCollector();
        List<Violation> violations =
                FileSchema.Exchange.MESSAGES.read(message, limits, with(DocumentRules.forMessage(), collector));
        return violations.isEmpty()
                ? new SchemaCheck.Valid<>(collector.message())
                : new SchemaCheck.Invalid<>(violations);
    }

    /** Reads a document that has no header yet: one of the document elements on its own. */
    public static SchemaCheck<DocumentView> validateDocument(byte[] document) {
        return validateDocument(document, Limits.DEFAULT);
    }

    /** Reads a document that has no header yet, within other limits. */
    public static SchemaCheck<DocumentView> validateDocument(byte[] document, Limits limits) {
        ViewCollector collector = new ViewCollector();
        List<Violation> violations =
                FileSchema.Exchange.DOCUMENTS.read(document, limits, with(DocumentRules.forDocument(), collector));
        return violations.isEmpty()
                ? new SchemaCheck.Valid<>(collector.document())
                : new SchemaCheck.Invalid<>(violations);
    }

    /** Reads a message into generated classes: slower, for those who look at single fields of the document. */
    public static SchemaCheck<MessageType> readMessage(byte[] message) {
        return validateMessage(message).map(valid -> JaxbView.Messages.VIEW.of(message));
    }

    /** Reads an agreement. It also holds that every path of it exists in the shared schema and can bear its rule. */
    public static SchemaCheck<AgreementType> readAgreement(byte[] agreement) {
        List<Violation> violations = FileSchema.Agreements.PARSER.read(agreement, Limits.DEFAULT, List.of());
        if (!violations.isEmpty()) {
            return new SchemaCheck.Invalid<>(violations);
        }
        AgreementType view = JaxbView.Agreements.VIEW.of(agreement);
        return outcome(view, AgreementRules.broken(view));
    }

    /** Reads a peer card. */
    public static SchemaCheck<PeerCardType> readPeerCard(byte[] card) {
        List<Violation> violations = FileSchema.PeerCards.PARSER.read(card, Limits.DEFAULT, List.of());
        if (!violations.isEmpty()) {
            return new SchemaCheck.Invalid<>(violations);
        }
        PeerCardType view = JaxbView.PeerCards.VIEW.of(card);
        return outcome(view, PeerCardRules.broken(view));
    }

    private static <T> SchemaCheck<T> outcome(T view, List<Violation> violations) {
        return violations.isEmpty() ? new SchemaCheck.Valid<>(view) : new SchemaCheck.Invalid<>(violations);
    }

    private static List<ElementRule> with(List<ElementRule> rules, ElementRule last) {
        List<ElementRule> all = new ArrayList<>(rules);
        all.add(last);
        return all;
    }
}
