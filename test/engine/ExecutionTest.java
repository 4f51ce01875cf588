package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import lab.TestProcesses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutionTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path folder;

    @Test
    void exitCodeAndErrorsAreHandedOn() {
        Execution execution = shell("echo out; echo oops $WORD >&2; exit 3", LONG);

        assertEquals(new Execution(OptionalInt.of(3), "oops here\n"), execution);
    }

    @Test
    void stdinIsEmpty() {
        assertEquals(OptionalInt.of(1), shell("read line", LONG).exit());
    }

    @Test
    void onlyTheEndOfALongComplaintIsKept() {
        String stderr = shell("i=0; while [ $i -lt 5000 ]; do echo line $i >&2; i=$((i+1)); done", LONG).stderr();

        assertTrue(stderr.endsWith("line 4999\n"));
        assertTrue(stderr.length() <= 16_384);
    }

    @Test
    void whatTakesTooLongIsEndedWithItsChildren() throws Exception {
        Execution execution = shell("sleep 60 & echo $! >child; wait", Duration.ofSeconds(1));

        assertEquals(OptionalInt.empty(), execution.exit());
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        assertTrue(TestProcesses.endsWithin(Duration.ofSeconds(2), child));
    }

    @Test
    void aChildThatIsLeftBehindDoesNotHoldUsUp() {
        assertEquals(OptionalInt.of(0), shell("sleep 5 & exit 0", LONG).exit());
    }

    private Execution shell(String script, Duration limit) {
        return Execution.of(List.of("sh", "-c", script), folder, Map.of("WORD", "here"), limit);
    }
}
