package data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

//FILES data/rules.sql=rules.sql
//FILES data/rules_generated.sql=rules_generated.sql

/// The rules of the FlughafenDB, and what breaks them in one.
///
/// They are checked by SQL alone. It reads each of the large tables a few times, and what it sorts goes to files.
public final class Rules {
    /// A name, why, and the query up to its semicolon.
    private static final Pattern PART = Pattern.compile("-- (.+)\n((?:-- .+\n)+)([^;]+);");
    private static final Pattern READ = Pattern.compile("\\b(?:FROM|JOIN) (?:temp\\.)?(\\w+)");

    private static final List<Rule> IN_ANY = read("rules.sql");
    private static final List<Rule> IN_GENERATED = read("rules_generated.sql");

    /// What came of a rule.
    ///
    /// @param violations how many rows break it; empty if it could not be checked
    /// @param reason     why it was not checked, such as `no bookings`; empty if it was
    /// @param took       how long it took
    public record Result(Rule rule, OptionalLong violations, String reason, Duration took) {
        /// Whether it was checked and something breaks it.
        public boolean broken() {
            return violations.orElse(0) > 0;
        }
    }

    private Rules() {}

    /// All rules, those that only a generated database promises last.
    public static List<Rule> all() {
        return Stream.concat(IN_ANY.stream(), IN_GENERATED.stream()).toList();
    }

    /// Checks each rule in a database that is only read; tells each result when it is there.
    ///
    /// @throws Fault (usage) if the database cannot be read
    public static void check(Path database, Consumer<Result> told) {
        try (Connection connection = DatabaseFile.open(database)) {
            check(connection, told);
        } catch (SQLException e) {
            throw new Fault(Fault.USAGE, database + ": " + e.getMessage(), e);
        }
    }

    /// Checks each rule; needs temporary tables in the connection, and removes them at the end.
    public static void check(Connection database, Consumer<Result> told) throws SQLException {
        check(database, all(), told);
    }

    /// As [#check(Connection, Consumer)], only some of the rules.
    static void check(Connection database, List<Rule> rules, Consumer<Result> told) throws SQLException {
        try (Statement sql = database.createStatement()) {
            boolean generated = number(sql, "SELECT count(*) FROM meta WHERE seed IS NOT NULL") > 0;
            if (generated && rules.stream().anyMatch(IN_GENERATED::contains)) RuleFacts.make(database);
            Map<String, Boolean> empty = new HashMap<>();
            for (String table : tables(sql)) {
                empty.put(table, number(sql, "SELECT EXISTS (SELECT 1 FROM " + table + ")") == 0);
            }
            for (Rule rule : rules) {
                boolean promised = generated || !IN_GENERATED.contains(rule);
                Optional<String> reason = promised ? missing(rule, empty) : Optional.of("no generated database");
                told.accept(reason.isPresent() ? notChecked(rule, reason.get()) : counted(rule, sql));
            }
        } finally {
            RuleFacts.drop(database);
        }
    }

    private static Result counted(Rule rule, Statement sql) throws SQLException {
        long begun = System.nanoTime();
        long violations = number(sql, "SELECT count(*) FROM (" + rule.sql() + ")");
        return new Result(rule, OptionalLong.of(violations), "", Duration.ofNanos(System.nanoTime() - begun));
    }

    private static Result notChecked(Rule rule, String reason) {
        return new Result(rule, OptionalLong.empty(), reason, Duration.ZERO);
    }

    /// A rule about what is not there holds whatever it says: that would mislead.
    private static Optional<String> missing(Rule rule, Map<String, Boolean> empty) {
        return READ.matcher(rule.sql()).results().map((MatchResult read) -> read.group(1))
                .filter(table -> empty.getOrDefault(table, false)).findFirst().map(table -> "no " + inPlural(table));
    }

    private static String inPlural(String table) {
        return switch (table) {
            case "weatherdata" -> "weather data";
            case "flightschedule" -> "timetable";
            case "passengerdetails" -> "details of passengers";
            case "airplane" -> "aircraft";
            default -> table.replace('_', ' ') + "s";
        };
    }

    private static Set<String> tables(Statement sql) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (ResultSet rows = sql.executeQuery("SELECT name FROM pragma_table_list WHERE schema IN ('main', 'temp') "
                + "AND type = 'table' AND name NOT LIKE 'sqlite%'")) {
            while (rows.next()) tables.add(rows.getString(1));
        }
        return tables;
    }

    private static long number(Statement sql, String query) throws SQLException {
        try (ResultSet rows = sql.executeQuery(query)) {
            return rows.getLong(1);
        }
    }

    private static List<Rule> read(String file) {
        return PART.matcher(Resources.text(file)).results().map((MatchResult part) -> new Rule(part.group(1),
                part.group(2).replaceAll("(?m)^-- ", "").strip().replace('\n', ' '), part.group(3).strip())).toList();
    }
}
