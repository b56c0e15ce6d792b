package org.embassage.scenarios.federation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.Draft;
import org.embassage.exchange.document.ReceivedDocument;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.domestic.HandOverFormat;
import org.embassage.exchange.domestic.RecordSlice;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;

/** Synthetic documents, a feed that takes them as they are, and a hand-over format that gives them as they came. */
final class Documents {

    static final FeedId FEED = new FeedId("documents");
    private static final byte SEPARATOR = 0x1e;

    private Documents() {}

    static String sample(String name) {
        try {
            return Files.readString(Path.of("..", "schemas", "samples", name + ".synthetic.xml"))
                    .replaceAll("(?s)\\s*<(AttachmentManifest|ImageRef)>.*?</\\1>", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Vehicle alerts that differ in their origin record reference. */
    static List<String> vehicles(int count) {
        List<String> documents = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            documents.add(sample("vehicle-alert").replace("QOS-POL-2031-00442", "SYNTHETIC-" + i));
        }
        return documents;
    }

    static byte[] drop(List<String> documents) {
        return String.join(new String(new byte[] {SEPARATOR}, StandardCharsets.US_ASCII), documents)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** One document a record. A record that says BAD cannot be translated, a drop that says WRONG cannot be sliced. */
    static Feed feed(List<GatewayId> recipients) {
        return new Feed() {
            @Override
            public FeedId id() {
                return FEED;
            }

            @Override
            public List<GatewayId> recipients() {
                return recipients;
            }

            @Override
            public String status() {
                return "ACTUAL";
            }

            @Override
            public Optional<Digest> description() {
                return Optional.of(Digest.sha256(new byte[] {1}));
            }

            @Override
            public long maxDropBytes() {
                return 1 << 20;
            }

            @Override
            public Slicing slice(byte[] drop) {
                if (new String(drop, StandardCharsets.UTF_8).startsWith("WRONG")) {
                    return new Slicing.Unsliceable(Fault.of(FaultCode.DROP_COUNT_MISMATCH), 5);
                }
                if (new String(drop, StandardCharsets.UTF_8).equals("POISON")) {
                    throw new IllegalStateException("SYNTHETIC");
                }
                List<RecordSlice> slices = new ArrayList<>();
                int from = 0;
                for (int at = 0; at <= drop.length; at++) {
                    if (at == drop.length || drop[at] == SEPARATOR) {
                        byte[] record = java.util.Arrays.copyOfRange(drop, from, at);
                        slices.add(new RecordSlice(slices.size() + 1, slices.size() + 1, from, record));
                        from = at + 1;
                    }
                }
                return new Slicing.Sliced(slices);
            }

            @Override
            public Translation translate(RecordSlice record) {
                String text = new String(record.octets(), StandardCharsets.UTF_8);
                if (text.equals("BAD")) {
                    return new Translation.Untranslatable(Fault.inField(FaultCode.FIELD_MALFORMED, "SyntheticField"));
                }
                String kind = text.substring(1, text.indexOf(' '));
                String ref = text.substring(text.indexOf("<OriginRecordRef>") + 17, text.indexOf("</OriginRecordRef>"));
                return new Translation.Translated(new Draft(kind, "CREATE", ref, record.octets()));
            }
        };
    }

    static HandOverFormat asTheyCame(Desk desk) {
        return new HandOverFormat() {
            @Override
            public Rendering render(ReceivedDocument document) {
                if (desk.poison
                        .filter(new String(document.message(), StandardCharsets.UTF_8)::contains)
                        .isPresent()) {
                    throw new IllegalStateException("SYNTHETIC");
                }
                if (desk.unrenderable) {
                    return new Rendering.Unrenderable(Fault.of(FaultCode.HANDOVER_UNTRANSLATABLE));
                }
                return new Rendering.Rendered(document.exchange() + ".xml", document.message());
            }
        };
    }
}
