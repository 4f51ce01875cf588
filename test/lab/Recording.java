package lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// A recorder of a test's own, and what it wrote.
record Recording(Path file, Recorder recorder) implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Recording start() {
        try {
            Path file = Files.createTempFile("transcript", ".jsonl");
            return new Recording(file, new Recorder("main", Files.newOutputStream(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The transcript as it is in the file, a line per event.
    List<String> lines() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The events of one kind, in order.
    <T extends Event> List<T> events(Class<T> kind) {
        return lines().stream().map(line -> JSON.readValue(line, Event.Entry.class).what())
                .filter(kind::isInstance).map(kind::cast).toList();
    }

    /// Valkey's commands as `SET key value -> OK`, in order.
    List<String> commands() {
        return events(Event.Command.class).stream()
                .map(c -> c.name() + " " + String.join(" ", c.args()) + (c.args().isEmpty() ? "-> " : " -> ") + c.reply())
                .toList();
    }

    @Override
    public void close() throws IOException {
        Files.delete(file);
    }
}
