package engine;

import data.Fault;
import data.UserCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Remembers the transcripts of runs that went as they should, and on what each script ran last.
record RunCache(Path folder) {
    static final String RUN = ".jsonl";
    /// Ends the name of a file that a process writes; the process's id begins it.
    static final String RUNNING = ".running";
    private static final String INPUTS = ".inputs";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// In the user's cache.
    RunCache() {
        this(UserCache.folder("runs"));
    }

    /// What happened in the run with this key.
    Optional<Transcript> find(String key) {
        return Optional.of(Transcript.read(file(key))).filter(transcript -> transcript.ended().isPresent());
    }

    /// On what a script ran last, well or not; empty if it never did.
    Optional<Inputs> last(Path script, Role role) {
        try {
            Path file = inputs(script, role);
            return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), Inputs.class)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty(); // torn: it only helps to explain
        }
    }

    /// A file for the transcript of a run that is about to start; [#keep] or [#drop] it afterwards.
    Path start(Path script, Inputs inputs) {
        try {
            Path next = running();
            Files.write(next, JSON.writeValueAsBytes(inputs));
            move(next, inputs(script, inputs.role()));
            return running();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /// Remembers a run.
    void keep(String key, Path transcript) {
        try {
            move(transcript, file(key));
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /// Forgets a run that failed.
    void drop(Path transcript) {
        try {
            Files.deleteIfExists(transcript);
        } catch (IOException e) {
            // it is in the user's cache, where anything may be deleted later
        }
    }

    /// Named after this process: when that is gone, so is the need for the file.
    private Path running() throws IOException {
        return Files.createTempFile(folder, ProcessHandle.current().pid() + "-", RUNNING);
    }

    /// The rename is atomic: two builds at once leave one whole file.
    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path inputs(Path script, Role role) {
        return folder.resolve(Digests.of(script.toAbsolutePath().normalize() + " " + role) + INPUTS);
    }

    private Path file(String key) {
        return folder.resolve(key + RUN);
    }

    private Fault cannotWrite(IOException e) {
        return new Fault(Fault.USAGE, "cannot write to %s: %s".formatted(folder, e.getMessage()), e);
    }
}
