package bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bench.Race.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {
    private final Race race = new Race(2, Pages.RAN);

    @Test
    void whoDidAllOfItIsTimed() {
        String busy = "i=0; while [ $i -lt 100000 ]; do i=$((i + 1)); done; ";

        Result result = race.run(program(busy + "echo 'hello 1001' > a.html; echo 'hello 1002' > b.html"));

        assertTrue(assertInstanceOf(Result.Finished.class, result).timed().cpu() > 0);
    }

    @Test
    void whoDidLessIsNot() {
        assertEquals(new Result.Failed("sh", "1.0", "published 1 pages"),
                race.run(program("echo 'hello 1001' > a.html; echo 'hello 1001' > b.html")));
    }

    @Test
    void aFailureIsTold() {
        assertEquals(new Result.Failed("sh", "1.0", "exit code 3: no paper"),
                race.run(program("echo no paper; exit 3")));
    }

    @Test
    void whoCannotBeHadIsMissing() {
        assertEquals(new Result.Missing("sh", "needs root"), race.run(new Contestant() {
            @Override public String name() {
                return "sh";
            }

            @Override public String version() throws IOException {
                throw new IOException("needs root");
            }

            @Override public Shell.Command prepare(Path folder, int pages) {
                throw new AssertionError("never reached");
            }
        }));
    }

    @Test
    void theTableIsSortedAndRelatesAllToOurs() {
        List<Result> results = List.of(new Result.Finished("ours", "JDK 25", new Timed(2, 4, 0.5)),
                new Result.Missing("other", "needs root"),
                new Result.Finished("fast", "1.2.3", new Timed(1, 1.5, 0.25)));

        assertEquals("""
                name                       version      seconds    a page   ratio     CPU s   load
                fast                       1.2.3           1.00    0.5000    0.50      1.50    0.3
                ours                       JDK 25          2.00    1.0000    1.00      4.00    0.5
                other                      missing: needs root""",
                String.join("\n", new ResultTable(results, 2, "ours").lines()));
    }

    private static Contestant program(String script) {
        return new Contestant() {
            @Override public String name() {
                return "sh";
            }

            @Override public String version() {
                return "1.0";
            }

            @Override public Shell.Command prepare(Path folder, int pages) {
                return new Shell.Command(folder, "sh", "-c", script);
            }
        };
    }
}
