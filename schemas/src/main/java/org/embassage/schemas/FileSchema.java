package org.embassage.schemas;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.validation.Schema;
import org.embassage.schemas.xml.GuardedParser;
import org.embassage.schemas.xml.SchemaFiles;
import org.embassage.schemas.xml.SchemaTree;

/** Our schema files, compiled once when first needed. */
final class FileSchema {

    private static final SchemaFiles EXCHANGE = new SchemaFiles(
            "message-1.xsd",
            "person-alert-1.xsd",
            "document-alert-1.xsd",
            "vehicle-alert-1.xsd",
            "incident-seizure-1.xsd",
            "common-1.xsd",
            "codes-1.xsd");

    private FileSchema() {}

    /** Messages and documents. */
    static final class Exchange {
        static final Schema SCHEMA = EXCHANGE.compile();
        static final Map<DocumentKind, SchemaTree> TREES = Stream.of(DocumentKind.values())
                .collect(Collectors.toUnmodifiableMap(Function.identity(), kind -> EXCHANGE.tree(kind.elementName())));
        static final GuardedParser MESSAGES =
                new GuardedParser(SCHEMA, List.of(EXCHANGE.tree("Message")), SharedSchema.NAMESPACE);
        static final GuardedParser DOCUMENTS =
                new GuardedParser(SCHEMA, List.copyOf(TREES.values()), SharedSchema.NAMESPACE);

        private Exchange() {}
    }

    /** Agreements. */
    static final class Agreements {
        private static final SchemaFiles FILES = new SchemaFiles("agreement-1.xsd");
        static final Schema SCHEMA = FILES.compile();
        static final GuardedParser PARSER =
                new GuardedParser(SCHEMA, List.of(FILES.tree("Agreement")), SharedSchema.AGREEMENT_NAMESPACE);

        private Agreements() {}
    }

    /** Peer cards. */
    static final class PeerCards {
        private static final SchemaFiles FILES = new SchemaFiles("peer-card-1.xsd");
        static final Schema SCHEMA = FILES.compile();
        static final GuardedParser PARSER =
                new GuardedParser(SCHEMA, List.of(FILES.tree("PeerCard")), SharedSchema.PEER_CARD_NAMESPACE);

        private PeerCards() {}
    }
}
