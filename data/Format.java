package data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// In which form the rows of a query are printed.
enum Format {
    TABLE, CSV, JSON;

    /// As a person writes it: `table`.
    @Override public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static final class Reader implements ITypeConverter<Format> {
        @Override public Format convert(String word) {
            List<String> names = Arrays.stream(values()).map(Format::toString).toList();
            if (names.contains(word)) return valueOf(word.toUpperCase(Locale.ROOT));
            throw new TypeConversionException("there is no format '%s'%s".formatted(word,
                    Suggest.didYouMean(word, names)));
        }
    }
}
