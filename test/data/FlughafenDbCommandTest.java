package data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `data/flughafendb.java` says and with which exit code it ends.
class FlughafenDbCommandTest {
    private static final String TWO =
            "SELECT airport_id, iata, NULL AS none, '' AS empty FROM airport ORDER BY 1 LIMIT 2";

    @TempDir
    static Path folder;
    private static String small;

    private record Said(int exit, String out, String err) {}

    @BeforeAll
    static void create() {
        small = folder.resolve("small.db").toString();
        Said said = run("create", "--scale", "0.01", "--output", small);
        assertEquals(new Said(0, small + "\n", ""), withoutProgress(said));
    }

    @Test
    void whatIsThereIsNotMadeAgain() {
        assertFault("there already", run("create", "--output", small));
        assertFault("cannot make /nowhere/x.db (unable to open database file)",
                run("create", "--scale", "0.01", "--output", "/nowhere/x.db"));
    }

    @Test
    void itSaysWhatIsInADatabase() throws Exception {
        String out = run("inspect", small).out();
        assertTrue(out.contains("schema version 1, scale 0.01, seed 1, epoch 2025-06-02, 91 days"), out);
        assertTrue(out.contains("digest " + Digest.of(Path.of(small))), out);
        assertTrue(out.matches("(?s).*\\| booking +\\| +34465 +\\| +0\\.9 +\\| +0\\.8 +\\|.*"), out);
    }

    @Test
    void aBrokenRuleFails() throws Exception {
        Said whole = run("verify", small);
        assertEquals(0, whole.exit());
        assertTrue(whole.out().matches("(?s).* 0 +\\d+\\.\\d\\d  a seat is sold once\n.*"), whole.out());
        assertTrue(whole.out().contains("not checked: no polar stations"), whole.out());
        Path broken = Files.copy(Path.of(small), folder.resolve("broken.db"));
        try (var database = DriverManager.getConnection("jdbc:sqlite:" + broken);
                var sql = database.createStatement()) {
            sql.execute("UPDATE booking SET price = -1 WHERE booking_id <= 3");
        }
        Said said = run("verify", broken.toString());
        assertEquals(1, said.exit());
        assertTrue(said.out().matches("(?s).* 3 +\\d+\\.\\d\\d  prices are positive, in hundredths\n.*"), said.out());
    }

    @Test
    void rowsArePrintedInEachFormat() {
        assertEquals("""
                +------------+------+------+-------+
                | airport_id | iata | none | empty |
                +------------+------+------+-------+
                |          1 | ATL  | NULL |       |
                |          2 | DXB  | NULL |       |
                +------------+------+------+-------+
                """, run("query", TWO, small).out());
        assertEquals("airport_id,iata,none,empty\n1,ATL,,\"\"\n2,DXB,,\"\"\n",
                run("query", TWO, small, "--format", "csv").out());
        assertEquals("""
                [
                {"airport_id":1,"iata":"ATL","none":null,"empty":""},
                {"airport_id":2,"iata":"DXB","none":null,"empty":""}
                ]
                """, run("query", TWO, small, "--format", "json").out().replace(" ", ""));
    }

    @Test
    void planAndTimeAreNoPartOfTheRows() {
        String err = run("query", "SELECT iata FROM airport WHERE airport_id = 1", small).err();
        String plan = "SEARCH airport USING INTEGER PRIMARY KEY \\(rowid=\\?\\)\n";
        assertTrue(err.matches(plan + "1 row in [\\d.,]+ ms\n"), err);
    }

    @Test
    void aTableIsCutAndAFileIsNot() {
        String table = run("query", "SELECT airport_id FROM airport", small).out();
        assertTrue(table.endsWith("3,102 more rows: --format csv has them all\n"), table);
        String csv = run("query", "SELECT airport_id FROM airport", small, "--format", "csv").out();
        assertEquals(3_203, csv.lines().count());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            DELETE FROM booking,                  SQLite: attempt to write a readonly database
            DELETE FROM booking RETURNING seat,   SQLite: attempt to write a readonly database
            VACUUM INTO 'vacuum.db',              SQLite: cannot VACUUM from within a transaction
            SELECT * FROM bookings,               SQLite: no such table: bookings
            SELEC 1,                              SQLite: near "SELEC": syntax error
            SELECT 1; SELECT ';',                 this is more than one statement; run them one by one
            /* nothing */,                        `the query is empty; write one, such as "SELECT 1"`""")
    void whatIsNoQueryIsRefused(String sql, String why) {
        assertFault(why, run("query", sql, small));
        assertFalse(Files.exists(Path.of("vacuum.db")));
    }

    @Test
    void aSemicolonInATextOrAtTheEndIsNoSecondStatement() {
        assertEquals("a;b\n;\n", run("query", "SELECT ';' AS \"a;b\"; -- ; 1", small, "--format", "csv").out());
    }

    @Test
    void slipsAreExplained() {
        assertFault("did you mean 'csv'?", run("query", "SELECT 1", small, "--format", "cvs"));
        assertFault("did you mean verify", run("verfy", small));
        assertFault("a command is missing: create", run());
        assertFault("none.db is not there; name another file", run("inspect", "none.db"));
        assertFault("mutually exclusive", run("verify", small, "--scale", "0.1"));
    }

    private static void assertFault(String why, Said said) {
        assertEquals(Fault.USAGE, said.exit());
        assertTrue(said.err().contains(why), said.err());
    }

    private static Said withoutProgress(Said said) {
        return new Said(said.exit(), said.out(), said.err().replaceAll("(?m)^Ma(king|de) the FlughafenDB.*\n", ""));
    }

    private static Said run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        PrintStream formerOut = System.out;
        PrintStream formerErr = System.err;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            int exit = Console.run(Commands::new, arguments);
            return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(formerOut);
            System.setErr(formerErr);
        }
    }
}
