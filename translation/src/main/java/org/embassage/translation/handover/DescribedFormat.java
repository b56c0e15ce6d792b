package org.embassage.translation.handover;

import java.util.Map;
import java.util.Optional;
import org.embassage.exchange.document.ReceivedDocument;
import org.embassage.exchange.domestic.HandOverFormat;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;

/** A hand-over format as its description has it. Pure and thread-safe. */
final class DescribedFormat implements HandOverFormat {

    private final Map<String, Output> byKind;

    DescribedFormat(Map<String, Output> byKind) {
        this.byKind = Map.copyOf(byKind);
    }

    @Override
    public Rendering render(ReceivedDocument document) {
        Optional<Output> output =
                Optional.ofNullable(byKind.get(document.header().kind()));
        Optional<Node> root = MessageTree.read(document.message()).flatMap(message -> root(message, document));
        if (output.isEmpty() || root.isEmpty()) {
            return new Rendering.Unrenderable(Fault.of(FaultCode.HANDOVER_UNTRANSLATABLE));
        }
        try {
            byte[] content = output.get().write(root.get());
            return new Rendering.Rendered(
                    document.exchange() + "." + output.get().extension(), content);
        } catch (Unrendered e) {
            return new Rendering.Unrenderable(e.fault());
        }
    }

    /** One node that holds the header beside the parts of the document, so that paths reach both. */
    private static Optional<Node> root(Node message, ReceivedDocument document) {
        Optional<Node> body = message.child(document.header().kind());
        Optional<Node> header = message.child("Header");
        if (body.isEmpty() || header.isEmpty()) {
            return Optional.empty();
        }
        Node root = new Node(document.header().kind(), Optional.empty());
        root.children().add(header.get());
        root.children().addAll(body.get().children());
        return Optional.of(root);
    }
}
