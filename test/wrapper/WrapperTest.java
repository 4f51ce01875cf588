package wrapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The wrapper `jbang` as its users run it: in a process of its own, from a checkout and with a home of the test's own.
class WrapperTest {
    /// For the tests that need no fresh home, so that JBang compiles their script once.
    @TempDir static Path warm;
    @TempDir Path fresh;

    private static Checkout checkout;

    @BeforeAll
    static void checkOut() throws Exception {
        checkout = Checkout.in(warm, Tools.in(warm.resolve("tools")).maven(Checkout.jar()));
        assertEquals("[ready]\n", checkout.run("echo", "ready").out());
    }

    // --- what passes through ---

    @Test
    void argumentsArriveAsTheyWereGiven() throws Exception {
        List<String> arguments = List.of("", "a  b", "'single'", "\"double\"", "*", "$HOME", "`id`", "\\n", "two\nlines",
                "@x", "--help", "", "");
        Outcome outcome = checkout.run(Stream.concat(Stream.of("echo"), arguments.stream()).toArray(String[]::new));
        assertEquals("[" + String.join("]\n[", arguments) + "]\n", outcome.out());
    }

    @Test
    void standardInputArrives() throws Exception {
        assertEquals("one\ntwo\n", checkout.runTelling("one\ntwo\n", "copy").out());
    }

    @Test
    void theExitCodeIsTheScripts() throws Exception {
        assertEquals(0, checkout.run("exit", "0").exit());
        assertEquals(3, checkout.run("exit", "3").exit());
        assertEquals(255, checkout.run("exit", "255").exit());
    }

    @Test
    void ctrlCReachesTheScriptAndEndsIt() throws Exception {
        Process process = checkout.startInGroup("wait");
        String pid = process.inputReader().readLine();
        assertEquals(String.valueOf(process.pid()), pid, "the script runs in the wrapper's own process");
        new ProcessBuilder("perl", "-e", "kill 'INT', -" + pid).start().waitFor();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals("ended in order", process.inputReader().readLine());
        assertEquals(130, process.exitValue());
    }

    @Test
    void sigtermReachesTheScriptAndEndsIt() throws Exception {
        Process process = checkout.start("wait");
        process.inputReader().readLine();
        process.toHandle().destroy(); // the process's own method would close its output as well
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals("ended in order", process.inputReader().readLine());
        assertEquals(143, process.exitValue());
    }

    // --- where it stands ---

    @Test
    void itWorksThroughLinksFromAnyFolderAndWritesNothingIntoItsCheckout() throws Exception {
        Path elsewhere = Files.createDirectories(warm.resolve("else where/bin"));
        Path absolute = Files.createSymbolicLink(elsewhere.resolve("absolute"), checkout.wrapper());
        Path relative = Files.createSymbolicLink(warm.resolve("relative link"), Path.of("else where/bin/absolute"));
        List<Path> before = checkout.files();
        for (Path link : List.of(absolute, relative)) {
            Outcome outcome = checkout.runFrom(elsewhere, link, "where");
            assertEquals(checkout.folder().toRealPath() + "\n", outcome.out(), outcome.err());
        }
        Outcome inside = checkout.runFrom(checkout.script().getParent(), Path.of("../jbang"), "where");
        assertEquals(checkout.folder().toRealPath() + "\n", inside.out(), inside.err());
        assertEquals(before, checkout.files());
    }

    @Test
    void aJavaHomeThatIsTooOldIsPassedOver() throws Exception {
        Path old = Files.createDirectories(fresh.resolve("jdk"));
        Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"17.0.15\"\n");
        Tools.write(old.resolve("bin"), "javac", "exit 1");
        Tools.write(old.resolve("bin"), "java", "exit 1");
        Outcome outcome = checkout.with("JAVA_HOME", old.toString()).run("java");
        assertTrue(Integer.parseInt(outcome.out().strip()) >= 25, outcome.out() + outcome.err());
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamed() throws Exception {
        Outcome outcome = checkout.with("HOME", "/dev/null").run("echo");
        assertEquals(2, outcome.exit());
        String line = "jbang: cannot write /dev/null/\\S+; set XDG_CACHE_HOME to a folder you may write\n";
        assertTrue(outcome.err().matches(line), outcome.err());
    }

    // --- where JBang comes from ---

    @Test
    void twoAtOnceOnAFreshCacheFetchOnceAndBothRun() throws Exception {
        twoAtOnce(tools());
    }

    @Test
    void twoAtOnceAlsoWhereThereIsNoFlock() throws Exception {
        twoAtOnce(tools().without("flock"));
    }

    private void twoAtOnce(Tools tools) throws Exception {
        Path calls = fresh.resolve("calls");
        tools.add("mvn", "echo called >>'" + calls + "'; sleep 0.3; " + Tools.copyAsMaven(Checkout.jar()));
        Checkout mine = Checkout.in(fresh, tools);
        Process one = mine.start("echo", "one");
        Process two = mine.start("echo", "two");
        assertEquals("[one]\n", new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals("[two]\n", new String(two.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, one.waitFor() + two.waitFor());
        assertEquals(1, Files.readAllLines(calls).size(), "Maven was asked more than once");
        assertTrue(Files.isDirectory(mine.home().resolve(".jbang")), "JBang's own files belong in HOME");
    }

    @Test
    void whereMavenFailsAJBangOnPathIsTaken() throws Exception {
        Path other = Files.createDirectories(fresh.resolve("jbang-0.132.1/bin"));
        Files.copy(Checkout.jar(), other.resolve("jbang.jar"));
        Tools.write(other, "jbang", "exit 1");
        Tools tools = tools().add("mvn", "exit 1");
        Outcome outcome = withoutJBang(tools.path() + ":" + other).run("echo", "x");
        assertEquals("[x]\n", outcome.out(), outcome.err());
    }

    @Test
    void aJBangThatKeepsItsJarElsewhereRunsItself() throws Exception {
        Checkout mine = Checkout.in(fresh, tools().add("jbang", """
                [ "$*" = version ] && { echo 0.131.0; exit; }
                printf '<%s>' "$@"
                exit 7"""));
        Outcome outcome = mine.run("a b", "");
        assertEquals("<" + mine.script() + "><a b><>", outcome.out());
        assertEquals(7, outcome.exit());
    }

    @Test
    void theOfficialInstallerIsTheLastResort() throws Exception {
        Tools tools = tools().add("jbang", "echo 0.90.1").add("curl", """
                while [ $# -gt 1 ]; do [ "$1" = -o ] && to=$2; shift; done
                [ "$1" = https://sh.jbang.dev ] && cat >"$to" <<'END'
                mkdir -p "$JBANG_DIR/bin" && cp "%s" "$JBANG_DIR/bin/jbang.jar"
                END""".formatted(Checkout.jar()));
        Outcome outcome = withoutJBang(tools.path()).run("echo", "x");
        assertEquals("[x]\n", outcome.out(), outcome.err());
    }

    @Test
    void withoutNetworkAndCacheOneLineSaysWhatToDo() throws Exception {
        Checkout mine = Checkout.in(fresh, tools().add("mvn", "exit 1").add("curl", "exit 6").add("wget", "exit 4"));
        Outcome outcome = mine.run("echo");
        assertEquals(2, outcome.exit());
        assertEquals("", outcome.out());
        List<String> said = outcome.err().lines().toList();
        assertEquals("jbang: getting JBang " + Checkout.PINNED + " (once)", said.getFirst());
        assertTrue(said.getLast().startsWith("jbang: cannot get JBang: check the network"), outcome.err());
        assertEquals(2, said.size(), outcome.err());
    }

    /// The warm checkout in a fresh home: JBang is to be had again, and its script is compiled.
    private Checkout withoutJBang(String path) {
        return checkout.with("PATH", path).with("HOME", fresh.toString())
                .with("JBANG_DIR", checkout.home().resolve(".jbang").toString());
    }

    private Tools tools() throws IOException {
        return Tools.in(fresh.resolve("tools"));
    }
}
