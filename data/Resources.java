package data;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

// FastCSV reads the reference data: small, without dependencies, exact about quotes and column names.
//DEPS de.siegmar:fastcsv:4.4.0

/// Files that travel with the program, beside its classes.
final class Resources {
    private Resources() {}

    /// The text of `/data/name`.
    static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    /// What is in `/data/name`.
    static byte[] bytes(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The lines of the CSV file `/data/name`, in order, each made into a `T`; the first line names the columns.
    static <T> List<T> csv(String name, Function<NamedCsvRecord, T> made) {
        try (var records = CsvReader.builder().ofNamedCsvRecord(open(name), StandardCharsets.UTF_8)) {
            List<T> all = new ArrayList<>();
            for (NamedCsvRecord record : records) all.add(made.apply(record));
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        InputStream in = Resources.class.getResourceAsStream("/data/" + name);
        if (in == null) throw new IllegalStateException("/data/" + name + " is not on the class path");
        return in;
    }
}
