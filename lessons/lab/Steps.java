package lab;

import data.Fault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Runs a lesson's steps in order, records them, and ends the process with the lesson's exit code.
final class Steps {
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final AtomicInteger HELD = new AtomicInteger();
    private static final AtomicInteger BROKEN = new AtomicInteger();
    /// Thrown in a thread of the lesson's own.
    private static final AtomicReference<Throwable> ASTRAY = new AtomicReference<>();
    private static volatile boolean running;

    static { // numbers look alike on every machine: what a lesson prints is held to its golden file
        Locale.setDefault(Locale.ROOT);
    }

    private final Recorder recorder = Recorder.get();
    private final Terminal terminal = Terminal.standard();
    private final long started = System.nanoTime();

    /// Runs `steps`; does not return. Exit code 0 if all claims held, 1 if not, 2 if the set-up is wrong.
    ///
    /// A claim that does not hold lets the rest run. A step that throws is the last: what follows may build on it.
    static void run(Step... steps) {
        try {
            System.exit(new Steps().runAll(steps));
        } catch (Fault fault) {
            exit(fault);
        }
    }

    /// What `opening` gives. A fault in a field's initialiser ends the process with its one line: the JVM would
    /// print a stack trace. Within a step it is thrown, and fails the step.
    static <T> T orExit(Supplier<T> opening) {
        try {
            return opening.get();
        } catch (Fault fault) {
            if (!running) exit(fault);
            throw fault;
        }
    }

    private static void exit(Fault fault) {
        System.err.println(fault.getMessage());
        System.exit(fault.exitCode());
    }

    /// Records and shows whether a claim of the lesson holds.
    static void check(String claim, boolean holds) {
        StackWalker.StackFrame at = lessonFrame(StackWalker.getInstance());
        var check = new Event.Checked(claim, holds, at.getFileName(), at.getLineNumber());
        (holds ? HELD : BROKEN).incrementAndGet();
        Recorder.get().add(check);
        Output.show(Terminal.standard().check(check));
    }

    private int runAll(Step[] steps) {
        if (Knobs.helpWanted()) {
            Output.show(Knobs.help(lesson()));
            return 0;
        }
        Knobs.refuseUnknown();
        String[] names = Arrays.stream(steps).map(Step::name).toArray(String[]::new);
        running = true;
        Output.capture();
        // it fails its step
        Thread.setDefaultUncaughtExceptionHandler((_, thrown) -> ASTRAY.compareAndSet(null, thrown));
        recorder.add(new Event.Began(lesson(), Runtime.version().toString(), Machine.os(), Machine.processor(),
                Knobs.all()));
        Bench.begin();
        Throwable thrown = null;
        for (int i = 0; i < steps.length && thrown == null; i++) thrown = runOne(i + 1, names[i], steps[i]);
        if (thrown instanceof Fault fault) return fault.exitCode();
        if (thrown != null) return Fault.FAILED;
        var ended = new Event.Ended(HELD.get(), BROKEN.get(), (System.nanoTime() - started) / 1_000);
        recorder.add(ended);
        Output.show(terminal.verdict(ended));
        return BROKEN.get() > 0 ? Fault.FAILED : 0;
    }

    /// Runs a step; what it threw, or null.
    private Throwable runOne(int number, String name, Step step) {
        Output.show(terminal.heading(number, name));
        String missing = missing(step);
        if (!missing.isEmpty()) {
            var skipped = new Event.Skipped(name, missing, step.shows());
            recorder.add(skipped);
            Output.show(terminal.skipped(skipped));
            return null;
        }
        recorder.add(new Event.StepStarted(name));
        long start = System.nanoTime();
        Throwable thrown = null;
        try {
            step.run();
        } catch (Throwable t) { // an Error ends the step as an exception does
            thrown = t;
        }
        long micros = (System.nanoTime() - start) / 1_000;
        Output.endStep();
        if (thrown == null) thrown = ASTRAY.get();
        if (thrown != null && Scratch.endsWithin(MOMENT)) return thrown; // as by Ctrl-C, which is no failure
        if (thrown != null) failed(thrown);
        Actor.reportAll();
        var ended = new Event.StepEnded(name, micros, step.varies(), recorder.takeCounts(), Bench.keyspace());
        recorder.add(ended);
        Output.show(terminal.summary(ended));
        return thrown;
    }

    /// What this step needs, and the lesson's Valkey is not; empty if it can run.
    private static String missing(Step step) {
        if (!step.since().isEmpty() && !Bench.valkeyIsAtLeast(step.since())) return "Valkey " + step.since();
        return step.oneServer() && Bench.valkeyIsACluster() ? "one server, not a cluster" : "";
    }

    private void failed(Throwable thrown) {
        StackTraceElement at = Arrays.stream(thrown.getStackTrace()).filter(f -> ofLesson(f.getClassName()))
                .findFirst().orElse(new StackTraceElement(lesson(), "?", lesson() + ".java", 0));
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        String message = thrown instanceof Fault ? thrown.getMessage() : thrown.toString();
        var failed = new Event.Failed(message, at.getFileName(), at.getLineNumber(), trace.toString());
        recorder.add(failed);
        Output.show(thrown instanceof Fault fault ? terminal.failed(fault) : terminal.failed(failed));
        if (!(thrown instanceof Fault)) System.err.println(trace);
    }

    private static StackWalker.StackFrame lessonFrame(StackWalker walker) {
        return walker.walk(frames -> frames.filter(f -> ofLesson(f.getClassName())).findFirst()).orElseThrow();
    }

    private static boolean ofLesson(String className) {
        return className.equals(lesson()) || className.startsWith(lesson() + "$");
    }

    /// Whether this process runs one method for a lesson, and not the lesson.
    static boolean isActor() {
        return System.getProperty("lab.actor") != null;
    }

    /// The lesson's name is the name of the class this process was started with.
    static String lesson() {
        return System.getProperty("lab.lesson", System.getProperty("sun.java.command", "").split("\\s")[0]);
    }
}
