package data.dump;

import data.Fault;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Makes a row of the schema from a row of a dump: columns in the schema's order, decoded, points as text, the weather
/// in English. All else stays the text that it is; SQLite makes numbers of it where the column wants some.
final class RowMapping {
    private static final Map<String, String> ENGLISH = Map.of("Nebel", "fog", "Schneefall", "snowfall",
            "Regen", "rain", "Gewitter", "thunderstorm");

    private static final int TIME = "14:05:00".length();

    private final List<String> columns;
    private final int[] from;
    private final String[] decode;
    private final String[] values;

    /// @throws Fault (usage) if the dump's columns are not those of the schema's table
    RowMapping(DumpTable table, List<String> columns) {
        this.columns = columns;
        table.columns().stream().filter(column -> !columns.contains(column)).findFirst().ifPresent(unknown -> {
            throw new Fault(Fault.USAGE, "%s: column '%s' is none of %s's".formatted(
                    table.description(), unknown, table.name()));
        });
        from = columns.stream().mapToInt(table.columns()::indexOf).toArray();
        decode = columns.stream().map(table.decode()::get).toArray(String[]::new);
        values = new String[from.length];
        for (int i = 0; i < from.length; i++) {
            if (from[i] < 0) {
                throw new Fault(Fault.USAGE, "%s: lacks the column '%s'".formatted(
                        table.description(), columns.get(i)));
            }
            if (decode[i] != null && !decode[i].equals("FROM_BASE64") && !decode[i].equals("UNHEX")) {
                throw new Fault(Fault.USAGE, "%s: column '%s' wants %s; only FROM_BASE64 and UNHEX are known".formatted(
                        table.description(), columns.get(i), decode[i]));
            }
        }
    }

    /// The values in the schema's order; the array is used again.
    ///
    /// @throws IllegalArgumentException if a value cannot be understood
    String[] map(String[] row) {
        for (int i = 0; i < values.length; i++) values[i] = value(i, row[from[i]], row);
        return values;
    }

    private String value(int column, String field, String[] row) {
        if (field == null) return null;
        String name = columns.get(column);
        if (name.equals("geolocation")) {
            MySqlPoint point = MySqlPoint.of(bytes(name, decode[column], field));
            return point.text(degrees("latitude", row), degrees("longitude", row));
        }
        String text = decode[column] == null ? field : text(name, bytes(name, decode[column], field));
        return switch (name) {
            case "weather" -> english(text);
            case "departure", "arrival" -> time(name, text);
            default -> text;
        };
    }

    /// `14:05:00` in the timetable, `2025-06-02 14:05:00` of a flight: rules count with them.
    private static String time(String name, String text) {
        try {
            if (text.length() == TIME) LocalTime.parse(text);
            else LocalDateTime.parse(text.replace(' ', 'T'));
            return text;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("%s is no time: %s".formatted(name, text), e);
        }
    }

    private static byte[] bytes(String name, String decode, String field) {
        try {
            if ("FROM_BASE64".equals(decode)) return Base64.getMimeDecoder().decode(field); // MySQL breaks long lines
            return HexFormat.of().parseHex(field);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s is not %s".formatted(name,
                    "FROM_BASE64".equals(decode) ? "Base64" : "hexadecimal"), e);
        }
    }

    private static String text(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(name + " is not UTF-8", e);
        }
    }

    private double degrees(String column, String[] row) {
        String field = row[from[columns.indexOf(column)]];
        try {
            return Double.parseDouble(String.valueOf(field));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s is no number: %s".formatted(column, field), e);
        }
    }

    /// `Nebel-Regen` is `fog-rain`: the terms that a generated database has, too. What is English already, stays.
    private static String english(String weather) {
        return Arrays.stream(weather.split("-", -1)).map(word -> {
            String known = ENGLISH.getOrDefault(word, word);
            if (!ENGLISH.containsValue(known)) throw new IllegalArgumentException("unknown weather '" + weather + "'");
            return known;
        }).collect(Collectors.joining("-"));
    }
}
