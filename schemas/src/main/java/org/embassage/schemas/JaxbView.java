package org.embassage.schemas;

import jakarta.xml.bind.JAXBContext;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Unmarshaller;
import javax.xml.validation.Schema;
import org.embassage.schemas.agreement.AgreementType;
import org.embassage.schemas.exchange.MessageType;
import org.embassage.schemas.peercard.PeerCardType;
import org.embassage.schemas.xml.GuardedParser;

/**
 * Reads valid bytes into generated classes. Never the other way: nothing is marshalled.
 *
 * @param <T> the class of the root element's type
 */
final class JaxbView<T> {

    private final Class<T> type;
    private final Schema schema;
    private final JAXBContext context;

    private JaxbView(Class<T> type, Schema schema) {
        this.type = type;
        this.schema = schema;
        try {
            this.context = JAXBContext.newInstance(type);
        } catch (JAXBException e) {
            throw new IllegalStateException("the generated classes of this build are broken", e);
        }
    }

    /** Reads bytes that were found valid just now; under the schema once more, by a parser as safe. */
    T of(byte[] valid) {
        try {
            Unmarshaller unmarshaller = context.createUnmarshaller();
            unmarshaller.setSchema(schema);
            unmarshaller.setEventHandler(event -> false);
            return unmarshaller.unmarshal(GuardedParser.safeSource(valid), type).getValue();
        } catch (JAXBException e) {
            // No cause: it quotes values of the file.
            throw new IllegalStateException("a valid file cannot be viewed as " + type.getSimpleName());
        }
    }

    /** Contexts are costly and made when first needed. */
    static final class Messages {
        static final JaxbView<MessageType> VIEW = new JaxbView<>(MessageType.class, FileSchema.Exchange.SCHEMA);

        private Messages() {}
    }

    static final class Agreements {
        static final JaxbView<AgreementType> VIEW = new JaxbView<>(AgreementType.class, FileSchema.Agreements.SCHEMA);

        private Agreements() {}
    }

    static final class PeerCards {
        static final JaxbView<PeerCardType> VIEW = new JaxbView<>(PeerCardType.class, FileSchema.PeerCards.SCHEMA);

        private PeerCards() {}
    }
}
