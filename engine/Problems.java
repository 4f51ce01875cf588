package engine;

import data.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What is wrong in a file, gathered so that its author sees all of it at once.
final class Problems {
    private record Problem(int line, String what) {}

    private final Path file;
    private final List<Problem> found = new ArrayList<>();

    Problems(Path file) {
        this.file = file;
    }

    void add(int line, String what) {
        found.add(new Problem(line, what));
    }

    /// Ends in a [Fault] with a line `file:line: what is wrong; how to mend it` for each problem, if there is one.
    void throwIfAny() {
        if (found.isEmpty()) return;
        throw new Fault(Fault.FAILED, found.stream()
                .sorted(Comparator.comparingInt(Problem::line))
                .map(p -> file + ":" + p.line + ": " + p.what)
                .distinct()
                .collect(Collectors.joining("\n")));
    }
}
