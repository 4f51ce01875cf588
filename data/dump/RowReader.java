package data.dump;

// Dumps are compressed with zstd; it loads a native library.
//DEPS com.github.luben:zstd-jni:1.5.7-9
//RUNTIME_OPTIONS --enable-native-access=ALL-UNNAMED

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import data.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// The rows of one file of a dump, as `LOAD DATA` of MySQL reads them: fields end in a tab, rows in a newline, a
/// backslash takes the next byte's meaning away or gives it one, and `\N` alone is NULL.
///
/// It holds one row at a time.
final class RowReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_FIELD = 1 << 26; // bytes: a broken file may have no end of a field

    private final Path file;
    private final InputStream in;
    private final String[] fields;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int filled;
    private byte[] field = new byte[256];
    private int length;
    private boolean isNull;
    private long row;
    private long bytes;

    RowReader(Path file, int columns) throws IOException {
        this.file = file;
        fields = new String[columns];
        if (Files.size(file) == 0) throw fault("the file is empty");
        in = new ZstdInputStreamNoFinalizer(Files.newInputStream(file));
    }

    /// The next row's fields, null where MySQL had NULL; null after the last row. The array is used again.
    ///
    /// @throws Fault (usage) that names file and row, if there is no whole row of so many fields
    String[] next() {
        row++;
        length = 0;
        isNull = false;
        int column = 0;
        for (int next = read(); ; next = read()) {
            switch (next) {
                case -1 -> {
                    if (column == 0 && length == 0) return null;
                    throw fault("it is cut off");
                }
                case '\t', '\n' -> {
                    if (column < fields.length) fields[column] = text();
                    column++;
                    length = 0;
                    isNull = false;
                    if (next == '\n') return whole(column);
                }
                case '\\' -> escaped(read());
                default -> add(next);
            }
        }
    }

    private String[] whole(int columns) {
        if (columns != fields.length) throw fault("%d fields, not %d".formatted(columns, fields.length));
        return fields;
    }

    /// https://dev.mysql.com/doc/refman/8.4/en/load-data.html#load-data-field-line-handling
    private void escaped(int next) {
        boolean alone = length == 0;
        switch (next) {
            case -1 -> throw fault("it is cut off");
            case '0' -> add(0);
            case 'b' -> add('\b');
            case 'n' -> add('\n');
            case 'r' -> add('\r');
            case 't' -> add('\t');
            case 'Z' -> add(26);
            default -> add(next);
        }
        isNull = alone && next == 'N';
    }

    private void add(int next) {
        if (length == field.length) {
            if (length == LONGEST_FIELD) throw fault("a field of more than %,d bytes".formatted(length));
            field = Arrays.copyOf(field, 2 * length);
        }
        field[length++] = (byte) next;
        isNull = false;
    }

    private String text() {
        if (isNull) return null;
        String text = new String(field, 0, length, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) check(); // a wrong byte, or there it is, written out
        return text;
    }

    private void check() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(field, 0, length));
        } catch (CharacterCodingException e) {
            throw fault("not UTF-8 (" + e.getMessage() + ")");
        }
    }

    private int read() {
        if (at == filled) {
            try {
                filled = in.read(buffer);
            } catch (IOException e) {
                throw fault("not whole zstd after %,d bytes of rows (%s)".formatted(bytes, e.getMessage()));
            }
            at = 0;
            if (filled < 0) return filled = at = -1;
            bytes += filled;
        }
        return buffer[at++] & 0xFF;
    }

    /// What is wrong with the row that was read last.
    Fault fault(String what) {
        return new Fault(Fault.USAGE, "%s: row %d: %s".formatted(file, Math.max(row, 1), what));
    }

    /// Bytes of rows that were read so far, not compressed.
    long bytes() {
        return bytes;
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
