package lab;

import data.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A method of the lesson that runs in a process of its own, recorded into the same transcript, ended with the lesson.
///
/// The two talk in lines: what the actor prints can be heard, what it is told it reads with `IO.readln()`.
public final class Actor implements AutoCloseable {
    /// Lines that begin so are the bench's own and reach neither lesson.
    static final char CONTROL = '\u0001';
    static final String REPORT = CONTROL + "report";
    static final String PORT = CONTROL + "port ";
    private static final long PATIENCE_SECONDS = 30;
    private static final List<Actor> ALL = new CopyOnWriteArrayList<>();

    static {
        Scratch.atEnd(Actor::killAll);
    }

    private final String name;
    private final Process process;
    private final PrintStream toActor;
    private final BlockingQueue<Optional<String>> heard = new LinkedBlockingQueue<>(); // empty: the actor has ended
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private volatile CountDownLatch reported = new CountDownLatch(0);

    private Actor(String name, Process process) {
        this.name = name;
        this.process = process;
        this.toActor = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread.ofPlatform().daemon().name(name + "-listener").start(this::listen);
    }

    /// Starts `method` of the lesson in a JVM of its own, with the knobs of this one.
    static Actor spawn(String name, String method) {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-Dlab.actor=" + name, "-Dlab.lesson=" + Steps.lesson(),
                "-cp", System.getProperty("java.class.path"), Spawned.class.getName(), method));
        Knobs.all().forEach(knob -> command.add("--" + knob.name() + "=" + knob.value()));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        Bench.shareWith(builder.environment());
        try {
            var actor = new Actor(name, builder.start());
            ALL.add(actor);
            return actor;
        } catch (IOException e) {
            throw new Fault(Fault.FAILED, "cannot start the actor '%s': %s".formatted(name, e.getMessage()), e);
        }
    }

    /// Says one line to the actor.
    public void tell(String line) {
        toActor.println(line);
    }

    /// The next line that the actor printed; waits for it.
    ///
    /// @throws IllegalStateException if the actor ended or said nothing for 30 s
    public String hear() throws InterruptedException {
        Optional<String> line = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (line == null) throw new IllegalStateException("the actor '%s' said nothing for 30 s".formatted(name));
        if (line.isEmpty()) heard.add(line); // for whoever asks again
        return line.orElseThrow(() -> new IllegalStateException("the actor '%s' has ended".formatted(name)));
    }

    /// The port on which the actor says that it answers, see [Lab#serves]; waits for it.
    ///
    /// @throws IllegalStateException if the actor ended, or did not say so for 30 s
    public int port() throws InterruptedException {
        try {
            return port.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the actor '%s' serves on no port".formatted(name));
        }
    }

    /// Waits until the actor's method has returned; its exit code, 0 if it did not throw.
    public int await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) kill();
        return process.waitFor();
    }

    /// Ends the actor as a crash would, at once and without clean-up; waits until it is gone. What it asked of Valkey
    /// and SQLite since the last step ended is not counted.
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /// The actor's process id.
    public long pid() {
        return process.pid();
    }

    /// Kills all that still run.
    static void killAll() {
        ALL.forEach(Actor::kill);
    }

    /// Ends the actor: its input ends, and if it does not return it is killed.
    @Override public void close() {
        toActor.close();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /// Asks every actor that still runs for its counts, so that they belong to the step that caused them.
    static void reportAll() {
        for (Actor actor : ALL) actor.report();
        ALL.removeIf(actor -> !actor.process.isAlive());
    }

    private void report() {
        if (!process.isAlive()) return;
        reported = new CountDownLatch(1);
        toActor.println(REPORT);
        try {
            reported.await(PATIENCE_SECONDS, TimeUnit.SECONDS); // a paused or dying actor must not stop the lesson
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line; (line = lines.readLine()) != null; ) {
                if (line.equals(REPORT)) reported.countDown();
                else if (line.startsWith(PORT)) port.complete(Integer.valueOf(line.substring(PORT.length())));
                else {
                    Output.show("  " + name + " | " + line);
                    heard.add(Optional.of(line));
                }
            }
        } catch (IOException e) {
            // the pipe broke: the actor was killed
        }
        reported.countDown();
        heard.add(Optional.empty());
        port.completeExceptionally(new IllegalStateException("it has ended"));
    }
}
