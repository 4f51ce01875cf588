package engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lab.TestProcesses;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What may befall a build: its Valkey dies, its lesson floods it, it is killed, it meets another.
class FaultsTest {
    private static final Path HOME = Home.folder().toAbsolutePath();
    /// A shell lets what it starts in the background ignore Ctrl-C; so these tests may have been started.
    private static final List<String> HEEDING_CTRL_C = List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV");
    private static final List<String> BUILD = Script.command(HOME.resolve("build.java"));
    private static final int KILLS = 20;

    @TempDir Path folder;

    @BeforeEach
    void aCourse() throws IOException {
        Files.createDirectories(folder.resolve("course"));
        write("README.md", "# A small course\n\n## Start\n\n- [Greetings](lesson01.md)\n");
        text("first");
        lesson("IO.println(\"hello\");");
    }

    @Test
    void aValkeyThatIsKilledFailsItsStepByName() throws Exception {
        lesson("""
                valkey().set("greeting", "hello");
                String info = valkey().info("server");
                long pid = Long.parseLong(info.replaceAll("(?s).*process_id:(\\\\d+).*", "$1"));
                ProcessHandle.of(pid).orElseThrow().destroyForcibly();
                valkey().get("greeting");""");
        Ended ended = build();
        assertEquals(1, ended.exit());
        assertTrue(ended.said().contains("lesson01.java:9: step greet: redis.clients.jedis.exceptions.Jedis"), ended.said());
    }

    @Test
    void aValkeyThatIsPausedFailsItsStepAndIsEnded() throws Exception {
        lesson("""
                valkey().set("greeting", "hello");
                String info = valkey().info("server");
                String pid = info.replaceAll("(?s).*process_id:(\\\\d+).*", "$1");
                IO.println("pid " + pid);
                new ProcessBuilder("sh", "-c", "kill -STOP " + pid).start().waitFor();
                valkey().get("greeting");""");
        Ended ended = build();
        assertEquals(1, ended.exit());
        assertTrue(ended.said().contains("lesson01.java:10: step greet: redis.clients.jedis.exceptions.Jedis"), ended.said());
        String page = Files.readString(folder.resolve("site/lesson01.html"));
        long pid = Long.parseLong(page.replaceAll("(?s).*pid (\\d+).*", "$1"));
        assertTrue(TestProcesses.hasEnded(pid), "the server has ended, too");
    }

    @Test
    void aLessonThatPrintsAHundredMegabytesIsCutShort() throws Exception {
        lesson("for (int i = 0; i < 1_000_000; i++) IO.println(\"x\".repeat(99));");
        Ended ended = build();
        assertEquals(0, ended.exit(), ended.said());
        String page = Files.readString(folder.resolve("site/lesson01.html"));
        assertTrue(page.contains("… and 999,000 more lines"));
        assertTrue(page.length() < 300_000, "the page has " + page.length() + " characters");
    }

    @Test
    void whatALessonPrintsIsTextOnThePage() throws Exception {
        lesson("System.out.write(new byte[] {(byte) 0xc3, 0x28, '\\n'}); IO.println(\"\\033[31mred</script><b>\");");
        assertEquals(0, build().exit());
        String page = Files.readString(folder.resolve("site/lesson01.html"));
        assertTrue(page.contains("\ufffd("), "invalid UTF-8 is replaced");
        assertTrue(page.contains("red&lt;/script&gt;&lt;b&gt;"), "markup is escaped, ANSI codes are gone");
    }

    @Test
    void aBuildThatIsKilledLeavesTheOldSiteOrTheNew() throws Exception {
        assertEquals(0, build().exit());
        var random = new Random(7);
        long whole = time(() -> assertEquals(0, changed("0").exit()));
        for (int i = 1; i <= KILLS; i++) {
            text("version " + i);
            Process build = start();
            build.waitFor(random.nextLong(whole), TimeUnit.MILLISECONDS);
            build.destroyForcibly().waitFor();
            assertWhole();
        }
        Ended last = changed("last");
        assertEquals(0, last.exit(), last.said());
        assertTrue(Files.readString(folder.resolve("site/lesson01.html")).contains("last"));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(Set.of("course", "site"), new HashSet<>(left.map(p -> p.getFileName().toString()).toList()));
        }
    }

    @Test
    void twoBuildsAtOnceBothSucceed() throws Exception {
        Process one = start();
        Process two = start();
        assertEquals(0, one.waitFor());
        assertEquals(0, two.waitFor());
        assertWhole();
    }

    @Test
    void ctrlCEndsABuildAndAllThatItStarted() throws Exception {
        lesson("valkey().set(\"a\", \"b\"); Thread.sleep(60_000);");
        int inTime = 0;
        for (int i = 0; i < 3 && inTime == 0; i++) inTime += millisFromCtrlCToTheEnd() <= 2_000 ? 1 : 0;
        assertEquals(1, inTime, "none of three ended within 2 s"); // a busy machine may hold up one
    }

    private long millisFromCtrlCToTheEnd() throws Exception {
        Process build = start();
        while (build.descendants().count() < 2) { // the lesson and its Valkey
            assertTrue(build.isAlive(), "the build ended too early");
            Thread.sleep(50);
        }
        List<ProcessHandle> started = build.descendants().toList();
        long millis = time(() -> {
            new ProcessBuilder("sh", "-c", "kill -INT " + build.pid()).start().waitFor();
            assertEquals(130, build.waitFor());
        });
        for (ProcessHandle process : started) {
            assertTrue(TestProcesses.endsWithin(Duration.ofSeconds(2), process.pid()), () -> "left behind: " + process.info());
        }
        return millis;
    }

    private void assertWhole() throws IOException {
        String index = Files.readString(folder.resolve("site/index.html"));
        String page = Files.readString(folder.resolve("site/lesson01.html"));
        assertTrue(index.contains("</html>") && page.contains("</html>") && Files.exists(folder.resolve("site/style.css")));
    }

    private Ended changed(String words) throws Exception {
        text(words);
        return build();
    }

    private record Ended(int exit, String said) {}

    private Ended build() throws Exception {
        Process process = start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said.strip());
    }

    private Process start() throws IOException {
        var command = new ArrayList<>(HEEDING_CTRL_C);
        command.addAll(BUILD);
        command.addAll(List.of("--course", "course", "--output", "site"));
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("CACHE_ME_HOME", HOME.toString()); // as the wrapper does
        return builder.start();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static long time(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }

    private void text(String words) throws IOException {
        write("lesson01.md", "---\ntitle: Greetings\nminutes: 5\n---\n\n%s\n\n[Say hello](lesson01.java#greet)\n".formatted(words));
    }

    private void lesson(String code) throws IOException {
        write("lesson01.java", """
                //JAVA 25+
                //SOURCES %s
                import static lab.Lab.*;
                void greet() throws Exception {
                %s
                    check("it came to its end", true);
                }
                void main() { steps(this::greet); }
                """.formatted(HOME.resolve("lessons/lab/Lab.java"), code));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve("course").resolve(name), text);
    }
}
