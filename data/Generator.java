package data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

// The database of the lessons, in a file; its native part comes along in the jar.
//DEPS org.xerial:sqlite-jdbc:3.54.1.0

/// Makes a FlughafenDB: real airports, airlines and aircraft types; made-up flights, people, bookings and weather.
///
/// The same scale and seed give the same rows on every machine: each table draws from a random stream of its own, and
/// all arithmetic is StrictMath's.
final class Generator {
    /// The beginning of the [Digest] of scale 0.01, seed 1. A test holds it, so other rows have another fingerprint.
    static final String ROWS = "94b83fdeece063c4";

    private static final List<String> SOURCES =
            List.of("schema.sql", "airports.csv", "airlines.csv", "airplane_types.csv");

    private final Connection database;
    private final Scale scale;
    private final long seed;
    private final Consumer<String> progress;

    private Generator(Connection database, Scale scale, long seed, Consumer<String> progress) {
        this.database = database;
        this.scale = scale;
        this.seed = seed;
        this.progress = progress;
    }

    /// Writes a whole database into a file that is not there yet, the weather beside it meanwhile; tells what it is at.
    static void generate(Path file, Scale scale, long seed, Consumer<String> progress)
            throws IOException, SQLException {
        World world = World.read();
        try (Connection database = open(file); var weather = new Aside(file, "weatherdata", table ->
                Weather.write(world.airports(), scale.readings(), table, random(seed, "weatherdata")))) {
            database.setAutoCommit(false);
            new Generator(database, scale, seed, progress).write(world);
            database.commit();
            database.setAutoCommit(true);
            progress.accept("weather");
            weather.copyTo(database);
            execute(database, "PRAGMA analysis_limit = 1000", "ANALYZE");
        }
    }

    /// A connection that writes fast: to a file that is thrown away unless all goes well.
    static Connection open(Path file) throws SQLException {
        Connection database = DriverManager.getConnection("jdbc:sqlite:" + file);
        execute(database, "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA locking_mode = EXCLUSIVE");
        return database;
    }

    /// Writes all but the weather.
    private void write(World world) throws SQLException {
        Schema.createTables(database);
        writeReferences(world);
        progress.accept("flights");
        Network network = Network.of(world, scale, random("network"));
        try (Table airplane = table("airplane")) {
            for (Airplane a : network.airplanes()) {
                airplane.add(a.id(), a.type().seats(), a.type().id(), a.airline().id());
            }
        }
        try (Table flightschedule = table("flightschedule")) {
            Timetable.write(network.rotations(), flightschedule);
        }
        List<Flight> flights = Flight.flown(network.rotations(), scale.flights(), random("flight"));
        try (Table flight = table("flight")) {
            Flight.write(flights, flight);
        }
        writePeopleAndBookings(world, flights);
        progress.accept("indexes");
        Schema.createIndexes(database);
    }

    private void writeReferences(World world) throws SQLException {
        try (Table meta = table("meta")) {
            meta.add(Schema.VERSION, seed, scale.name(), Period.date(0), Period.DAYS, fingerprint(scale, seed));
        }
        try (Table airport = table("airport"); Table geo = table("airport_geo")) {
            for (Airport a : world.airports()) {
                airport.add(a.id(), a.iata(), a.icao(), a.name());
                geo.add(a.id(), a.name(), a.city(), a.country(), a.latitude(), a.longitude(),
                        "POINT(" + a.longitude() + " " + a.latitude() + ")");
            }
        }
        try (Table airline = table("airline")) {
            for (Airline a : world.airlines()) airline.add(a.id(), a.iata(), a.name(), a.base().id());
        }
        try (Table type = table("airplane_type")) {
            for (AirplaneType t : world.types()) type.add(t.id(), t.identifier(), t.description());
        }
    }

    private void writePeopleAndBookings(World world, List<Flight> flights) throws SQLException {
        progress.accept("people");
        List<Airport> homes = homes(flights, scale.passengers());
        var people = new People(random("people"));
        try (Table passenger = table("passenger"); Table details = table("passengerdetails");
                Table employee = table("employee")) {
            people.writePassengers(homes, passenger, details);
            people.writeEmployees(homes.subList(0, scale.employees()), employee);
        }
        progress.accept("bookings");
        var travellers = new Travellers(homes, world.airports());
        try (Table booking = table("booking")) {
            Booking.write(flights, scale.bookings(), travellers, booking, random("booking"));
        }
    }

    /// People live where many flights leave.
    private List<Airport> homes(List<Flight> flights, int count) {
        SplittableRandom random = random("homes");
        return Stream.generate(() -> flights.get(random.nextInt(flights.size())).leg().from()).limit(count).toList();
    }

    private SplittableRandom random(String table) {
        return random(seed, table);
    }

    private static SplittableRandom random(long seed, String table) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + table.hashCode());
    }

    private Table table(String name) throws SQLException {
        return new Table(database, name);
    }

    /// 8 hex digits that say what a database is made from: two of the same fingerprint have the same rows.
    static String fingerprint(Scale scale, long seed) {
        var sum = new CRC32C(); // not for secrecy; it costs no time when a lesson starts
        sum.update((ROWS + " " + scale.name() + " " + seed).getBytes(StandardCharsets.UTF_8));
        for (String source : SOURCES) sum.update(Resources.bytes(source));
        return HexFormat.of().toHexDigits(sum.getValue(), 8);
    }

    static void execute(Connection database, String... statements) throws SQLException {
        try (Statement sql = database.createStatement()) {
            for (String statement : statements) sql.execute(statement);
        }
    }
}
