package org.embassage.translation.feed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.embassage.exchange.domestic.Feed.Slicing;
import org.embassage.exchange.domestic.RecordSlice;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.translation.description.Section;
import org.embassage.translation.field.FieldPlace;
import org.embassage.translation.field.Row;
import org.embassage.translation.field.RowFault;
import org.embassage.translation.field.StrictDecoder;

/** Records of one length, one after the other, without line ends: a header, the records, a trailer. */
final class FixedWidthLayout implements FileLayout {

    /**
     * @param canary text of national letters that the header must hold; it proves the character set
     * @param checksum five digits at the end of each record over all bytes before them
     */
    record Plan(
            StrictDecoder decoder,
            int recordBytes,
            FieldPlace type,
            FieldPlace checksum,
            String headerType,
            FieldPlace canaryPlace,
            String canary,
            String trailerType,
            FieldPlace count,
            FieldPlace total,
            int mostRecords) {}

    private final Plan plan;

    FixedWidthLayout(Plan plan) {
        this.plan = plan;
    }

    @Override
    public Slicing slice(byte[] drop) {
        int size = plan.recordBytes();
        if (drop.length == 0) {
            return refused(FaultCode.DROP_EMPTY, 0);
        }
        if (drop.length < size) {
            return refused(FaultCode.DROP_TRUNCATED, 0);
        }
        Optional<FaultCode> header = header(drop);
        if (header.isPresent()) {
            return refused(header.get(), 0);
        }
        int last = (drop.length / size - 1) * size;
        if (drop.length % size != 0) {
            return refused(FaultCode.DROP_TRUNCATED, last + (long) size);
        }
        if (!text(drop, last, plan.type()).equals(plan.trailerType())) {
            return refused(FaultCode.DROP_TRUNCATED, last);
        }
        return records(drop, last);
    }

    private Optional<FaultCode> header(byte[] drop) {
        if (!text(drop, 0, plan.type()).equals(plan.headerType())) {
            byte[] inAscii = plan.headerType().getBytes(StandardCharsets.US_ASCII);
            int at = plan.type().position();
            boolean asciiFile = Arrays.equals(drop, at, at + inAscii.length, inAscii, 0, inAscii.length);
            return Optional.of(asciiFile ? FaultCode.DROP_WRONG_ENCODING : FaultCode.DROP_UNREADABLE);
        }
        if (!text(drop, 0, plan.canaryPlace()).equals(plan.canary())) {
            return Optional.of(FaultCode.DROP_WRONG_ENCODING);
        }
        return proven(drop, 0) ? Optional.empty() : Optional.of(FaultCode.DROP_UNREADABLE);
    }

    private Slicing records(byte[] drop, int trailer) {
        int size = plan.recordBytes();
        HashTotal total = new HashTotal();
        List<RecordSlice> records = new ArrayList<>();
        for (int at = size; at < trailer; at += size) {
            String type = text(drop, at, plan.type());
            if (type.equals(plan.headerType()) || type.equals(plan.trailerType())) {
                return refused(FaultCode.DROP_UNREADABLE, at);
            }
            if (total.records() == plan.mostRecords()) {
                return refused(FaultCode.DROP_TOO_LARGE, at);
            }
            total.add(RowChecksum.stated(text(drop, at, plan.checksum())));
            int index = total.records();
            records.add(new RecordSlice(index, index, at, Arrays.copyOfRange(drop, at, at + size)));
        }
        Optional<FaultCode> wrong = proven(drop, trailer)
                ? total.disprovedBy(text(drop, trailer, plan.count()), text(drop, trailer, plan.total()))
                : Optional.of(FaultCode.DROP_UNREADABLE);
        return wrong.map(code -> refused(code, trailer)).orElseGet(() -> new Slicing.Sliced(List.copyOf(records)));
    }

    private boolean proven(byte[] octets, int from) {
        Optional<Integer> stated = RowChecksum.stated(text(octets, from, plan.checksum()));
        int end = from + plan.checksum().position();
        return stated.isPresent() && stated.get() == RowChecksum.of(octets, from, end);
    }

    private String text(byte[] octets, int from, FieldPlace place) {
        int start = from + place.position();
        return plan.decoder()
                .decode(Arrays.copyOfRange(octets, start, start + place.length()))
                .map(String::strip)
                .orElse("");
    }

    private static Slicing refused(FaultCode code, long at) {
        return new Slicing.Unsliceable(Fault.of(code), at);
    }

    @Override
    public Row row(RecordSlice slice) {
        byte[] octets = slice.octets();
        if (octets.length != plan.recordBytes()) {
            throw new RowFault(FaultCode.RECORD_MALFORMED);
        }
        if (!proven(octets, 0)) {
            throw new RowFault(FaultCode.RECORD_CHECKSUM);
        }
        return place -> Arrays.copyOfRange(octets, place.position(), place.position() + place.length());
    }

    @Override
    public String typeOf(Row row) {
        return plan.decoder().decode(row.bytes(plan.type())).map(String::strip).orElse("");
    }

    @Override
    public String typeName() {
        return "record-type";
    }

    @Override
    public FieldPlace place(Section field) {
        return FileLayouts.bytes(field, plan.checksum().position());
    }
}
