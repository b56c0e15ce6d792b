package org.embassage.translation.feed;

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

/** Rows of separated cells: a row of column names, the records, a trailer. The last column is the checksum. */
final class CsvLayout implements FileLayout {

    /**
     * @param mark the bytes that a file must begin with, for example a byte order mark; may be empty
     * @param columns the names in the first row, in order
     * @param type column that tells record types apart
     * @param trailerType first cell of the trailer; its second is the count, its third the hash total
     * @param mostRowBytes a longer row is refused by itself
     */
    record Plan(
            StrictDecoder decoder,
            List<Byte> mark,
            byte separator,
            List<String> columns,
            int type,
            String trailerType,
            int mostRowBytes,
            int mostRecords) {
        Plan {
            mark = List.copyOf(mark);
            columns = List.copyOf(columns);
        }
    }

    private static final int TRAILER_CELLS = 3;
    private static final int TRAILER_BYTES = 200;

    private final Plan plan;

    CsvLayout(Plan plan) {
        this.plan = plan;
    }

    @Override
    public Slicing slice(byte[] drop) {
        if (drop.length == 0) {
            return refused(FaultCode.DROP_EMPTY, 0);
        }
        if (!begins(drop)) {
            return refused(FaultCode.DROP_WRONG_ENCODING, 0);
        }
        CsvScanner rows = new CsvScanner(drop, plan.mark().size(), plan.separator());
        if (!rows.nextRow()) {
            return refused(FaultCode.DROP_TRUNCATED, drop.length);
        }
        return header(drop, rows).map(code -> refused(code, rows.start())).orElseGet(() -> records(drop, rows));
    }

    private boolean begins(byte[] drop) {
        for (int i = 0; i < plan.mark().size(); i++) {
            if (i >= drop.length || drop[i] != plan.mark().get(i)) {
                return false;
            }
        }
        return true;
    }

    private Optional<FaultCode> header(byte[] drop, CsvScanner rows) {
        if (rows.end() - rows.start() > plan.mostRowBytes()) {
            return Optional.of(FaultCode.DROP_UNREADABLE);
        }
        Optional<List<byte[]>> cells = cells(drop, rows, plan.columns().size());
        if (cells.isEmpty()) {
            return Optional.of(rows.end() == drop.length ? FaultCode.DROP_TRUNCATED : FaultCode.DROP_UNREADABLE);
        }
        List<String> names = new ArrayList<>();
        for (byte[] cell : cells.get()) {
            Optional<String> name = plan.decoder().decode(cell);
            if (name.isEmpty()) {
                return Optional.of(FaultCode.DROP_WRONG_ENCODING);
            }
            names.add(name.get());
        }
        return names.equals(plan.columns()) ? Optional.empty() : Optional.of(FaultCode.DROP_UNREADABLE);
    }

    private Slicing records(byte[] drop, CsvScanner rows) {
        HashTotal total = new HashTotal();
        List<RecordSlice> records = new ArrayList<>();
        while (rows.nextRow()) {
            if (rows.quoteOpen()) {
                return refused(FaultCode.DROP_TRUNCATED, rows.start());
            }
            Optional<List<String>> trailer = trailer(drop, rows);
            if (trailer.isPresent()) {
                return proven(total, trailer.get(), rows, records);
            }
            if (total.records() == plan.mostRecords()) {
                return refused(FaultCode.DROP_TOO_LARGE, rows.start());
            }
            total.add(statedChecksum(drop, rows));
            records.add(new RecordSlice(
                    total.records(), rows.line(), rows.start(), Arrays.copyOfRange(drop, rows.start(), rows.end())));
        }
        return refused(FaultCode.DROP_TRUNCATED, drop.length);
    }

    private static Slicing proven(HashTotal total, List<String> trailer, CsvScanner rows, List<RecordSlice> records) {
        int start = rows.start();
        Optional<FaultCode> wrong = trailer.size() == TRAILER_CELLS
                ? total.disprovedBy(trailer.get(1), trailer.get(2))
                : Optional.of(FaultCode.DROP_TRUNCATED);
        if (wrong.isEmpty() && rows.nextRow()) {
            return refused(FaultCode.DROP_UNREADABLE, rows.start());
        }
        return wrong.map(code -> refused(code, start)).orElseGet(() -> new Slicing.Sliced(List.copyOf(records)));
    }

    /** The trailer's cells, if the row is one: its first cell has the trailer's word. */
    private Optional<List<String>> trailer(byte[] drop, CsvScanner rows) {
        if (rows.end() - rows.start() > TRAILER_BYTES) {
            return Optional.empty();
        }
        return cells(drop, rows, TRAILER_CELLS)
                .map(cells -> cells.stream()
                        .map(cell -> plan.decoder().decode(cell).orElse(""))
                        .toList())
                .filter(cells -> cells.get(0).equals(plan.trailerType()));
    }

    private Optional<List<byte[]>> cells(byte[] drop, CsvScanner rows, int most) {
        return CsvCells.split(drop, rows.start(), rows.end(), plan.separator(), most);
    }

    private Optional<Integer> statedChecksum(byte[] drop, CsvScanner rows) {
        int length = rows.end() - rows.lastCell();
        if (length > RowChecksum.DIGITS + 2) {
            return Optional.empty();
        }
        return CsvCells.split(drop, rows.lastCell(), rows.end(), plan.separator(), 1)
                .flatMap(cells -> plan.decoder().decode(cells.get(0)))
                .flatMap(RowChecksum::stated);
    }

    private static Slicing refused(FaultCode code, long at) {
        return new Slicing.Unsliceable(Fault.of(code), at);
    }

    @Override
    public Row row(RecordSlice slice) {
        byte[] octets = slice.octets();
        if (octets.length > plan.mostRowBytes()) {
            throw new RowFault(FaultCode.RECORD_MALFORMED);
        }
        List<byte[]> cells = CsvCells.split(
                        octets,
                        0,
                        octets.length,
                        plan.separator(),
                        plan.columns().size())
                .filter(found -> found.size() == plan.columns().size())
                .orElseThrow(() -> new RowFault(FaultCode.RECORD_MALFORMED));
        CsvScanner scanner = new CsvScanner(octets, 0, plan.separator());
        boolean whole = scanner.nextRow();
        int stated = plan.decoder()
                .decode(cells.get(cells.size() - 1))
                .flatMap(RowChecksum::stated)
                .orElseThrow(() -> new RowFault(FaultCode.RECORD_CHECKSUM));
        if (!whole || stated != RowChecksum.of(octets, 0, scanner.lastCell())) {
            throw new RowFault(FaultCode.RECORD_CHECKSUM);
        }
        return place -> cells.get(place.position());
    }

    @Override
    public String typeOf(Row row) {
        return plan.decoder()
                .decode(row.bytes(new FieldPlace(plan.type(), 0)))
                .map(String::strip)
                .orElse("");
    }

    @Override
    public String typeName() {
        return "record-type";
    }

    @Override
    public FieldPlace place(Section field) {
        String column = field.text("column");
        int position = plan.columns().indexOf(column);
        if (position < 0 && field.has("column")) {
            field.problem("column", "There is no such column.", "Name one of file.columns.");
        }
        return new FieldPlace(Math.max(position, 0), 0);
    }
}
