package data;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

// JSON value by value: a result may be larger than memory.
//DEPS tools.jackson.core:jackson-databind:3.2.4

/// Prints rows as they come. A value is what the database has: text, a number, bytes (shown in Base64) or null.
interface RowWriter {
    void write(List<Object> row) throws IOException;

    /// What stands behind the last row.
    void end() throws IOException;

    static RowWriter of(Format format, List<String> columns, Writer out) throws IOException {
        return switch (format) {
            case TABLE -> new AsTable(columns, out);
            case CSV -> new AsCsv(columns, out);
            case JSON -> new AsJson(columns, out);
        };
    }

    private static Object readable(Object value) {
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value;
    }

    /// A table needs its widest cells before its first line: after some rows it only counts.
    final class AsTable implements RowWriter {
        private static final int MOST = 100;

        private final List<String> columns;
        private final Writer out;
        private final List<List<Object>> rows = new ArrayList<>();
        private long more;

        private AsTable(List<String> columns, Writer out) {
            this.columns = columns;
            this.out = out;
        }

        @Override public void write(List<Object> row) {
            if (rows.size() < MOST) rows.add(row.stream().map(RowWriter::readable).toList());
            else more++;
        }

        @Override public void end() throws IOException {
            out.write(TextTable.of(columns, rows) + "\n");
            if (more > 0) out.write(String.format(Locale.ROOT, "%,d more rows: --format csv has them all%n", more));
        }
    }

    /// RFC 4180, with a plain line feed; NULL is nothing at all, an empty text is `""`.
    final class AsCsv implements RowWriter {
        private final CsvWriter csv;

        private AsCsv(List<String> columns, Writer out) {
            csv = CsvWriter.builder().quoteStrategy(QuoteStrategies.EMPTY).lineDelimiter(LineDelimiter.LF).build(out);
            csv.writeRecord(columns);
        }

        @Override public void write(List<Object> row) {
            csv.writeRecord(row.stream().map(value -> value == null ? null : readable(value).toString()).toList());
        }

        @Override public void end() throws IOException {
            csv.flush();
        }
    }

    /// An array with an object for each row, on a line of its own.
    final class AsJson implements RowWriter {
        private static final PrettyPrinter LINES = new DefaultPrettyPrinter()
                .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withIndent("").withLinefeed("\n"))
                .withObjectIndenter(DefaultPrettyPrinter.NopIndenter.instance());

        private final List<String> columns;
        private final Writer out;
        private final JsonGenerator json;

        private AsJson(List<String> columns, Writer out) {
            this.columns = columns;
            this.out = out;
            json = new JsonMapper().writer().with(LINES).createGenerator(out);
            json.writeStartArray();
        }

        @Override public void write(List<Object> row) throws IOException {
            json.writeStartObject();
            for (int i = 0; i < columns.size(); i++) {
                json.writeName(columns.get(i));
                write(readable(row.get(i)));
            }
            json.writeEndObject();
        }

        private void write(Object value) {
            switch (value) {
                case null -> json.writeNull();
                case Integer number -> json.writeNumber(number);
                case Long number -> json.writeNumber(number);
                case Double number -> json.writeNumber(number);
                default -> json.writeString(value.toString());
            }
        }

        @Override public void end() throws IOException {
            json.writeEndArray();
            json.flush();
            out.write("\n");
        }
    }
}
