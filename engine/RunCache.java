package engine;

import data.Fault;
import data.UserCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// Remembers the transcripts of runs that went as they should.
record RunCache(Path folder) {

    /// In the user's cache.
    RunCache() {
        this(UserCache.folder("runs"));
    }

    /// What happened in the run with this key.
    Optional<Transcript> find(String key) {
        Path file = file(key);
        return Files.exists(file) ? Optional.of(Transcript.read(file)) : Optional.empty();
    }

    /// A file for the transcript of a run that is about to start; [#keep] or [#drop] it afterwards.
    Path start(String key) {
        try {
            return Files.createTempFile(folder, key.substring(0, 8) + "-", ".running");
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "cannot write to %s: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /// Remembers a run. The rename is atomic: two builds at once leave one whole transcript.
    void keep(String key, Path transcript) {
        try {
            Files.move(transcript, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "cannot write to %s: %s".formatted(folder, e.getMessage()), e);
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

    private Path file(String key) {
        return folder.resolve(key + ".jsonl");
    }
}
