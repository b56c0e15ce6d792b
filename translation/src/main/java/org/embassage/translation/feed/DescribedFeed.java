package org.embassage.translation.feed;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.domestic.Readiness;
import org.embassage.exchange.domestic.RecordSlice;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.translation.field.Row;
import org.embassage.translation.field.RowFault;
import org.embassage.translation.mapping.Mapping;

/** A feed as its description has it. Pure and thread-safe. */
final class DescribedFeed implements Feed {

    /** One record type: whom its records are for, and what they become. */
    record RecordType(List<GatewayId> recipients, Mapping mapping) {
        RecordType {
            recipients = List.copyOf(recipients);
        }
    }

    private final FeedId id;
    private final String status;
    private final long maxDropBytes;
    private final FileLayout layout;
    private final Map<String, RecordType> types;
    private final Digest description;
    private final Readiness readiness;

    DescribedFeed(
            FeedId id,
            String status,
            long maxDropBytes,
            FileLayout layout,
            Map<String, RecordType> types,
            Digest description,
            Readiness readiness) {
        this.id = id;
        this.status = status;
        this.maxDropBytes = maxDropBytes;
        this.layout = layout;
        this.types = Map.copyOf(types);
        this.description = description;
        this.readiness = readiness;
    }

    @Override
    public Optional<Digest> description() {
        return Optional.of(description);
    }

    @Override
    public Readiness readiness() {
        return readiness;
    }

    @Override
    public FeedId id() {
        return id;
    }

    @Override
    public List<GatewayId> recipients() {
        Set<GatewayId> all = new LinkedHashSet<>();
        types.values().forEach(type -> all.addAll(type.recipients()));
        return all.stream().sorted().toList();
    }

    @Override
    public List<GatewayId> recipients(String kind) {
        Set<GatewayId> all = new LinkedHashSet<>();
        types.values().stream()
                .filter(type -> type.mapping().kind().elementName().equals(kind))
                .forEach(type -> all.addAll(type.recipients()));
        return all.stream().sorted().toList();
    }

    @Override
    public String status() {
        return status;
    }

    @Override
    public long maxDropBytes() {
        return maxDropBytes;
    }

    @Override
    public Slicing slice(byte[] drop) {
        return drop.length > maxDropBytes
                ? new Slicing.Unsliceable(Fault.of(FaultCode.DROP_TOO_LARGE), maxDropBytes)
                : layout.slice(drop);
    }

    @Override
    public Translation translate(RecordSlice slice) {
        try {
            Row row = layout.row(slice);
            RecordType type = types.get(layout.typeOf(row));
            return type == null
                    ? new Translation.Untranslatable(Fault.inField(FaultCode.CODE_UNKNOWN, layout.typeName()))
                    : new Translation.Translated(type.mapping().draft(row));
        } catch (RowFault e) {
            return new Translation.Untranslatable(e.fault());
        }
    }
}
