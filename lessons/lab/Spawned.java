package lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;

/// The main class of an actor's process: makes the lesson and runs one method of it.
final class Spawned {
    private static final int ORPHANED = 3;
    private static final long GRACE_MILLIS = 2_000;

    private Spawned() {}

    public static void main(String[] args) throws Exception {
        var input = new PipedInputStream();
        var toLesson = new PrintStream(new PipedOutputStream(input), true, StandardCharsets.UTF_8);
        var fromParent = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.setIn(input);
        Thread.ofPlatform().daemon().name("parent").start(() -> obey(fromParent, toLesson));
        Output.capture();
        Runtime.getRuntime().addShutdownHook(new Thread(Spawned::report));

        Constructor<?> lesson = Class.forName(Steps.lesson()).getDeclaredConstructor();
        lesson.setAccessible(true);
        Method method = lesson.getDeclaringClass().getDeclaredMethod(args[0]);
        method.setAccessible(true);
        method.invoke(lesson.newInstance());
        Output.endStep();
        System.exit(0);
    }

    /// Passes the parent's lines on to the lesson, and answers those meant for the bench.
    private static void obey(BufferedReader parent, PrintStream lesson) {
        try {
            for (String line; (line = parent.readLine()) != null; ) {
                if (line.equals(Actor.REPORT)) {
                    report();
                    Output.show(Actor.REPORT);
                } else lesson.println(line);
            }
        } catch (IOException e) {
            // as good as the end of its input
        }
        lesson.close();
        try {
            Thread.sleep(GRACE_MILLIS); // the parent lets us come to an end, or it is dead and nobody else ends us
        } catch (InterruptedException e) {
            // nobody interrupts this thread
        }
        Runtime.getRuntime().halt(ORPHANED);
    }

    private static synchronized void report() {
        var did = Recorder.get().takeCounts();
        if (!did.isEmpty()) Recorder.get().add(new Event.Did(did));
    }
}
