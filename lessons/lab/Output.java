package lab;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Standard output, passed on as it is and recorded line by line.
///
/// Of a step that prints without end, the transcript keeps the beginning and a count of the rest.
final class Output extends OutputStream {
    private static final int KEPT_LINES = 1_000;
    private static final int KEPT_LINE_BYTES = 4_096;

    private static final PrintStream TERMINAL =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private static final Output INSTANCE = new Output();

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long lines;

    private Output() {}

    /// From now on what is printed is recorded too.
    static void capture() {
        System.setOut(new PrintStream(INSTANCE, true, StandardCharsets.UTF_8));
    }

    /// Shows `text` without recording it as printed by the lesson: it has an event of its own.
    static void show(String text) {
        INSTANCE.finishLine();
        TERMINAL.println(text);
    }

    /// A step came to its end: records an unfinished line and how much was left out.
    static void endStep() {
        INSTANCE.finish();
    }

    @Override public synchronized void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override public synchronized void write(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') endLine();
            else if (line.size() < KEPT_LINE_BYTES) line.write(bytes[i]);
        }
        TERMINAL.write(bytes, offset, length); // last: who hears an actor's line may end the step that it belongs to
    }

    private void endLine() {
        if (++lines <= KEPT_LINES) {
            String text = line.toString(StandardCharsets.UTF_8);
            Recorder.get().add(new Event.Printed(line.size() < KEPT_LINE_BYTES ? text : text + "…"));
        }
        line.reset();
    }

    private synchronized void finishLine() {
        if (line.size() == 0) return;
        TERMINAL.println();
        endLine();
    }

    private synchronized void finish() {
        finishLine();
        if (lines > KEPT_LINES)
            Recorder.get().add(new Event.Printed("… and %,d more lines".formatted(lines - KEPT_LINES)));
        lines = 0;
    }
}
