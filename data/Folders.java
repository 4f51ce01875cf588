package data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What [Files] lacks for folders.
public final class Folders {
    private Folders() {}

    /// Deletes `folder` with all that is in it, if it is there.
    public static void delete(Path folder) throws IOException {
        if (Files.notExists(folder)) return;
        List<Path> leavesFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            leavesFirst = all.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) { // somebody else deletes it, too
            throw e.getCause();
        }
        for (Path path : leavesFirst) Files.deleteIfExists(path);
    }
}
