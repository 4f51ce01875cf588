package data.dump;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// A dump in a folder, as MySQL Shell writes it: two airports, an airline, an aircraft, a flight, and so on. A table's
/// rows can be given otherwise; each text is a chunk.
final class SmallDump {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("airport", "airport_id iata icao name"),
            Map.entry("airport_geo", "airport_id name city country latitude longitude geolocation"),
            Map.entry("airline", "airline_id iata airlinename base_airport"),
            Map.entry("airplane_type", "type_id identifier description"),
            Map.entry("airplane", "airplane_id capacity type_id airline_id"),
            Map.entry("flightschedule", "flightno from to departure arrival airline_id monday tuesday wednesday "
                    + "thursday friday saturday sunday"),
            Map.entry("flight", "flight_id flightno from to departure arrival airline_id airplane_id"),
            Map.entry("flight_log", "log_date user flight_id flightno_old flightno_new from_old to_old from_new to_new "
                    + "departure_old arrival_old departure_new arrival_new airplane_id_old airplane_id_new "
                    + "airline_id_old airline_id_new comment"),
            Map.entry("passenger", "passenger_id passportno firstname lastname"),
            Map.entry("passengerdetails", "passenger_id birthdate sex street city zip country emailaddress "
                    + "telephoneno"),
            Map.entry("booking", "booking_id flight_id seat passenger_id price"),
            Map.entry("employee", "employee_id firstname lastname birthdate sex street city zip country emailaddress "
                    + "telephoneno salary department username password"),
            Map.entry("airport_reachable", "airport_id hops"),
            Map.entry("weatherdata", "log_date time station temp humidity airpressure wind weather winddirection"));

    final Path folder;
    private final Map<String, List<String>> chunks = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> decode = new LinkedHashMap<>();

    SmallDump(Path folder) {
        this.folder = folder;
        rows("airport", "7\tZRH\tLSZH\tZURICH\n9\t\\N\tLSZK\tSPECK\n");
        // (47.46, 8.55) and (47.38, 8.76): x is the latitude, as in the original
        rows("airport_geo", "7\tZURICH\tZURICH\tSWITZERLAND\t47.46\t8.55\tAAAAAAEBAAAAexSuR+G6R0CamZmZmRkhQA==\n"
                + "9\tSPECK\t\\N\tSWITZERLAND\t47.38\t8.76\tAAAAAAEBAAAAcT0K16OwR0CF61G4HoUhQA==\n");
        decode.put("airport_geo", Map.of("geolocation", "FROM_BASE64"));
        rows("airline", "3\tSW\tSwiss\t7\n");
        rows("airplane_type", "2\tAvro RJ100\tVier Triebwerke\n");
        rows("airplane", "5\t97\t2\t3\n");
        rows("flightschedule", "SW1\t7\t9\t08:00:00\t08:40:00\t3\t1\t1\t1\t1\t1\t1\t1\n");
        rows("flight", "44\tSW1\t7\t9\t2015-06-03 08:00:00\t2015-06-03 08:40:00\t3\t5\n");
        rows("flight_log", "");
        rows("passenger", "11\tP1\tAda\tLovelace\n12\tP2\tAlan\tTuring\n");
        rows("passengerdetails", "11\t1815-12-10\tw\tSt James 1\tLondon\t4010\tUnited Kingdom\t\\N\t\\N\n");
        rows("booking", "1\t44\t1A\t11\t99.50\n", "2\t44\t\\N\t12\t120\n", "3\t44\t\\N\t11\t7.25\n");
        rows("employee", "");
        rows("airport_reachable", "");
        rows("weatherdata", "2015-06-03\t08:00:00\t1\t9.5\t90.0\t1013.25\t3.20\tNebel-Regen-Gewitter\t180\n");
    }

    SmallDump rows(String table, String... rows) {
        chunks.put(table, List.of(rows));
        return this;
    }

    SmallDump decode(String table, String column, String function) {
        decode.put(table, Map.of(column, function));
        return this;
    }

    /// The table stays named, its rows and their number are not there: what has not been fetched.
    SmallDump without(String... tables) {
        for (String table : tables) chunks.put(table, null);
        return this;
    }

    SmallDump write() throws IOException {
        Files.createDirectories(folder);
        json("@.json", Map.of("schemas", List.of("small"), "basenames", Map.of("small", "small")));
        json("small.json", Map.of("tables", List.copyOf(chunks.keySet()), "basenames", chunks.keySet().stream()
                .collect(Collectors.toMap(table -> table, table -> "small@" + table))));
        Map<String, Integer> bytes = new LinkedHashMap<>();
        for (var entry : chunks.entrySet()) {
            String table = entry.getKey();
            json("small@" + table + ".json", Map.of("options", Map.of("compression", "zstd",
                    "columns", Arrays.asList(COLUMNS.get(table).split(" ")), "fieldsTerminatedBy", "\t",
                    "decodeColumns", decode.getOrDefault(table, Map.of()), "fieldsEscapedBy", "\\")));
            if (entry.getValue() == null) continue;
            int last = entry.getValue().size() - 1;
            for (int i = 0; i <= last; i++) {
                byte[] rows = entry.getValue().get(i).getBytes(StandardCharsets.UTF_8);
                Files.write(file(table, i), compressed(rows));
                bytes.merge(table, rows.length, Integer::sum);
            }
        }
        json("@.done.json", Map.of("tableDataBytes", Map.of("small", bytes)));
        return this;
    }

    /// The file of a chunk; a table of one chunk is not chunked at all.
    Path file(String table, int chunk) {
        int last = chunks.get(table).size() - 1;
        String name = last == 0 ? "" : chunk == last ? "@@" + chunk : "@" + chunk;
        return folder.resolve("small@" + table + name + ".tsv.zst");
    }

    private void json(String name, Object content) throws IOException {
        Files.write(folder.resolve(name), JSON.writeValueAsBytes(content));
    }

    static byte[] compressed(byte[] rows) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZstdOutputStreamNoFinalizer(bytes)) {
            out.write(rows);
        }
        return bytes.toByteArray();
    }
}
