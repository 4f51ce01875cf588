package data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import data.Rules.Result;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule holds in what is generated, and is seen to break where it is broken on purpose: in one connection whose
/// transaction is rolled back.
class RulesTest {
    private static final String TROMSO = "(SELECT airport_id FROM airport WHERE iata = 'TOS')";

    @TempDir
    static Path folder;
    private static Path file;
    private static Connection database;

    @BeforeAll
    static void generate() throws Exception {
        file = folder.resolve("small.db");
        Generator.generate(file, Scale.of("0.01"), 1, step -> { });
        database = DriverManager.getConnection("jdbc:sqlite:" + file);
        database.setAutoCommit(false);
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    /// Each rule with statements of which each one breaks it.
    static Stream<Arguments> breaks() {
        return Stream.of(
                rule("references lead somewhere", "UPDATE booking SET passenger_id = 999999 WHERE booking_id = 1"),
                rule("a flight is one of the timetable's",
                        "UPDATE flight SET departure = datetime(departure, '5 minutes') WHERE flight_id = 1",
                        "DELETE FROM flightschedule WHERE flightno = (SELECT max(flightno) FROM flight)"),
                rule("a flight leaves on a weekday of its timetable", """
                        UPDATE flightschedule SET monday = 0
                        WHERE flightno = (SELECT flightno FROM flight ORDER BY departure LIMIT 1)"""),
                rule("a flight of the timetable has a weekday at least", """
                        UPDATE flightschedule SET monday = 0, tuesday = 0, wednesday = 0, thursday = 0, friday = 0,
                            saturday = 0, sunday = 0 WHERE flightno = (SELECT min(flightno) FROM flightschedule)"""),
                rule("an airport pair of the timetable is flown",
                        """
                        INSERT INTO flightschedule
                        VALUES ('XX1', 1, 3000, '10:00:00', '12:00:00', 1, 1, 0, 0, 0, 0, 0, 0)"""),
                rule("an airport pair of the timetable has passengers", """
                        DELETE FROM booking WHERE flight_id IN (SELECT flight_id FROM flight JOIN flightschedule s
                            USING (flightno) WHERE (s."from", s."to") =
                                (SELECT "from", "to" FROM flight WHERE flight_id = 1))"""),
                rule("a flight is flown by an aircraft of its airline",
                        "UPDATE airplane SET airline_id = airline_id + 1 WHERE airplane_id = 1"),
                rule("a flight arrives after it departs", "UPDATE flight SET arrival = departure WHERE flight_id = 1"),
                rule("an aircraft is in one place at a time",
                        "UPDATE flight SET arrival = datetime(arrival, '30 days') WHERE flight_id = 1"),
                rule("an aircraft leaves from where it landed", "UPDATE flight SET \"to\" = 3000 WHERE flight_id = 1"),
                rule("an aircraft turns round in at least 30 minutes", """
                        UPDATE flight SET arrival = (SELECT datetime(min(n.departure), '-29 minutes') FROM flight n
                            WHERE n.airplane_id = flight.airplane_id AND n.departure > flight.departure)
                        WHERE flight_id = 1"""),
                rule("a seat is sold once", """
                        DROP INDEX booking_seat;
                        INSERT INTO booking SELECT 999999, flight_id, seat, passenger_id, price FROM booking
                        WHERE booking_id = 1"""),
                rule("no more seats are sold than there are", "UPDATE airplane SET capacity = 1"),
                rule("a passenger is on one flight at a time",
                        "UPDATE booking SET passenger_id = 1 WHERE flight_id IN (1, 2)"),
                rule("prices are positive, in hundredths",
                        "UPDATE booking SET price = 99.995 WHERE booking_id = 1",
                        "UPDATE booking SET price = 0 WHERE booking_id = 2"),
                rule("every passenger has details", "DELETE FROM passengerdetails WHERE passenger_id = 1"),
                rule("weather is of this world", "UPDATE weatherdata SET humidity = 101 WHERE station = 1"),
                rule("flights leave in the period that begins with the epoch",
                        "UPDATE flight SET departure = '2025-06-01 23:59:00' WHERE flight_id = 1",
                        "UPDATE flight SET departure = '2025-09-01 00:00:00' WHERE flight_id = 2"),
                rule("an aircraft reaches where it goes", """
                        UPDATE airplane
                        SET type_id = (SELECT type_id FROM airplane_type WHERE identifier = 'Dornier 228')"""),
                rule("an aircraft has as many seats as its type",
                        "UPDATE airplane SET capacity = capacity + 1 WHERE airplane_id = 1"),
                rule("a flight takes as long as its distance asks for",
                        "UPDATE flight SET arrival = datetime(arrival, '5 minutes') WHERE flight_id = 1",
                        "UPDATE flight SET arrival = datetime(arrival, '-5 minutes') WHERE flight_id = 2"),
                rule("the busiest tenth of the airports has half of the departures",
                        "UPDATE flight SET \"from\" = 3000 WHERE flight_id % 3 > 0"),
                rule("traffic falls from tier to tier", "UPDATE flight SET \"from\" = 11 + flight_id % 90"),
                rule("more flights leave on strong weekdays",
                        """
                        DELETE FROM flight
                        WHERE flight_id % 3 = 0 AND strftime('%w', departure) IN ('0', '1', '4', '5')"""),
                rule("more flights leave in season",
                        "DELETE FROM flight WHERE flight_id % 3 = 0 AND departure BETWEEN '2025-07-21' AND '2025-09'"),
                rule("flights are fuller when demand is high", """
                        DELETE FROM booking WHERE booking_id % 2 = 0 AND flight_id IN
                            (SELECT flight_id FROM flight WHERE departure >= '2025-07-01')"""),
                rule("a seat that is sold is one of the cabin's",
                        "UPDATE booking SET seat = '99A' WHERE booking_id = 1",
                        "UPDATE booking SET seat = '1Z' WHERE booking_id = 2"),
                rule("longer flights cost more", "UPDATE booking SET price = 100"),
                rule("flights cost more when demand is high", """
                        UPDATE booking SET price = price / 2 WHERE flight_id IN
                            (SELECT flight_id FROM flight WHERE departure >= '2025-07-01')"""),
                rule("late bookings cost more", "UPDATE booking SET price = 100"),
                rule("a station reads the weather every hour",
                        "DELETE FROM weatherdata WHERE station = 1 AND log_date = '2025-07-01' AND time = '12:00:00'",
                        "UPDATE weatherdata SET time = '12:10:00' WHERE station = 2 AND time = '12:00:00'"),
                rule("it is colder farther from the equator", "UPDATE weatherdata SET temp = 20"),
                rule("polar stations are colder than tropical ones",
                        "UPDATE weatherdata SET temp = 40, station = " + TROMSO + " WHERE station = 1"),
                rule("northern summer is warmer than southern winter", """
                        UPDATE weatherdata SET temp = 40,
                            station = (SELECT airport_id FROM airport WHERE iata = 'SYD') WHERE station = 1"""));
    }

    private static Arguments rule(String name, String... statements) {
        return Arguments.of(name, List.of(statements));
    }

    @Test
    void everyRuleHoldsInWhatIsGenerated() {
        List<Result> results = new ArrayList<>();
        Rules.check(file, results::add);
        assertEquals(Rules.all(), results.stream().map(Result::rule).toList());
        results.forEach(result -> assertFalse(result.broken(), result.toString()));
        assertEquals(Set.of("", "no polar stations", "no mirrored stations"), reasons(results), "22 stations are few");
    }

    @Test
    void everyRuleIsBrokenOnPurpose() {
        assertEquals(Rules.all().stream().map(Rule::name).toList(),
                breaks().map(arguments -> arguments.get()[0]).toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaks")
    void aRuleThatIsBrokenIsSeen(String name, List<String> statements) throws Exception {
        Rule rule = Rules.all().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
        for (String statement : statements) {
            long broken = changed(List.of(statement), List.of(rule)).getFirst().violations().orElseThrow();
            assertTrue(broken > 0, statement);
        }
    }

    @Test
    void whatIsNotThereIsNotChecked() throws Exception {
        List<Result> results = changed(List.of("DELETE FROM booking", "DELETE FROM weatherdata"), Rules.all());
        assertEquals(Set.of("", "no bookings", "no weather data"), reasons(results));
    }

    @Test
    void whatOnlyTheGeneratorPromisesIsNotAskedOfOthers() throws Exception {
        List<Result> results = changed(List.of("UPDATE meta SET seed = NULL"), Rules.all());
        assertEquals(Set.of("", "no generated database"), reasons(results));
        assertEquals(17, results.stream().filter(result -> result.violations().isPresent()).count());
    }

    /// What the rules find after these changes, which are then taken back.
    private static List<Result> changed(List<String> statements, List<Rule> rules) throws SQLException {
        List<Result> results = new ArrayList<>();
        try (Statement sql = database.createStatement()) {
            for (String statement : statements) sql.executeUpdate(statement);
            Rules.check(database, rules, results::add);
        } finally {
            database.rollback();
        }
        return results;
    }

    private static Set<String> reasons(List<Result> results) {
        return results.stream().map(Result::reason).collect(Collectors.toSet());
    }
}
