///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
//SOURCES data/[A-Z]*.java
//SOURCES data/dump/*.java
//SOURCES lessons/lab/*.java
//SOURCES engine/*.java
//SOURCES bench/*.java
//SOURCES test/*/*.java

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// Runs every test, or those whose class name holds the word given: `./jbang test.java Companion`.
void main(String... args) throws Exception {
    Path jar = Path.of(
            MethodHandles.lookup().lookupClass().getProtectionDomain().getCodeSource().getLocation().toURI());
    LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(jar)))
            .filters(ClassNameFilter.includeClassNamePatterns(".*Test"),
                    ClassNameFilter.includeClassNamePatterns(".*(" + (args.length > 0 ? args[0] : "") + ").*"))
            .build();
    var summary = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, summary, new Progress());
    summary.getSummary().printFailuresTo(new PrintWriter(System.out, true), 12);
    long failed = summary.getSummary().getTotalFailureCount();
    long passed = summary.getSummary().getTestsSucceededCount();
    if (passed + failed == 0) IO.println("no test matched");
    IO.println("%d passed, %d failed".formatted(passed, failed));
    System.exit(failed > 0 || passed == 0 ? 1 : 0); // threads that a test left behind must not keep the process
}

/// A line per test as it ends; a skipped one says why.
static class Progress implements TestExecutionListener {
    private final Map<String, Instant> started = new ConcurrentHashMap<>();

    @Override public void executionStarted(TestIdentifier test) {
        started.put(test.getUniqueId(), Instant.now());
    }

    @Override public void executionSkipped(TestIdentifier test, String reason) {
        IO.println("  skipped  " + name(test) + ": " + reason);
    }

    @Override public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (!test.isTest() && result.getThrowable().isEmpty()) return;
        String mark = switch (result.getStatus()) {
            case SUCCESSFUL -> "ok";
            case ABORTED -> "skipped";
            case FAILED -> "FAILED";
        };
        long ms = Duration.between(started.get(test.getUniqueId()), Instant.now()).toMillis();
        String why = result.getThrowable().map(t -> ": " + t.getMessage()).orElse("");
        IO.println("  %-7s  %s (%d ms)%s".formatted(mark, name(test), ms, why));
    }

    private static String name(TestIdentifier test) {
        String id = test.getUniqueId();
        String type = id.replaceAll(".*\\[class:([^\\]]*)\\].*", "$1");
        return type + " " + test.getDisplayName();
    }
}
