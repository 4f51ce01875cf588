package data.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import data.Flughafen;
import data.Scale;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A dump of the original, in the folder that FLUGHAFENDB_DUMP names; it may lack flight, booking and weatherdata.
class RealDumpTest {
    private static final Map<String, Long> ROWS = Map.of("airline", 113L, "airplane", 5_583L, "airplane_type", 342L,
            "airport", 9_854L, "airport_geo", 9_854L, "employee", 1_000L, "flightschedule", 9_881L,
            "passenger", 36_095L, "passengerdetails", 36_095L);

    @TempDir Path folder;

    @Test
    void theOriginalIsImportedAndWhatItLacksMade() throws Exception {
        String named = System.getenv("FLUGHAFENDB_DUMP");
        boolean there = named != null && Files.isDirectory(Path.of(named));
        assumeTrue(there, "FLUGHAFENDB_DUMP names no dump of the original");
        Path database;
        try (var progress = new ImportProgress()) {
            database = new Importer(Dump.read(Path.of(named)), true, Scale.of("0.01"), progress)
                    .into(folder.resolve("imported.db"));
        }
        SequencedMap<String, Long> rows = Flughafen.rows(database);
        ROWS.forEach((table, count) -> assertEquals(count, rows.get(table), table));
        if (Dump.read(Path.of(named)).table("flight").isPresent()) return; // its flights have rules of their own
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement sql = connection.createStatement()) {
            for (String none : List.of("""
                    SELECT * FROM airport_geo
                    WHERE geolocation <> 'POINT(' || longitude || ' ' || latitude || ')'""", """
                    SELECT * FROM (SELECT departure,
                        lag(arrival) OVER (PARTITION BY airplane_id ORDER BY departure) AS landed FROM flight)
                    WHERE datetime(landed, '30 minutes') > departure""", """
                    SELECT * FROM (SELECT f.departure,
                        lag(f.arrival) OVER (PARTITION BY passenger_id ORDER BY f.departure) AS landed
                        FROM booking JOIN flight f USING (flight_id)) WHERE landed > departure""", """
                    SELECT * FROM flight f JOIN flightschedule s USING (flightno) 
                    WHERE 0 = CASE strftime('%w', f.departure)
                        WHEN '0' THEN sunday WHEN '1' THEN monday WHEN '2' THEN tuesday WHEN '3' THEN wednesday
                        WHEN '4' THEN thursday WHEN '5' THEN friday ELSE saturday END""", """
                    SELECT * FROM flight f JOIN airplane a USING (airplane_id)
                    WHERE a.airline_id <> f.airline_id""", """
                    SELECT * FROM pragma_foreign_key_check WHERE "table" <> 'airline'""")) {
                try (ResultSet broken = sql.executeQuery("SELECT count(*) FROM (" + none + ")")) {
                    assertEquals(0, broken.getInt(1), none);
                }
            }
        }
    }
}
