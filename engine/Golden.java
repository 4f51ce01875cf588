package engine;

// A unified diff, as every developer reads it.
//DEPS io.github.java-diff-utils:java-diff-utils:4.18

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import data.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Holds a lesson against its golden file: what it must say, run after run.
public final class Golden {
    private static final int CONTEXT = 3;

    private Golden() {}

    /// How the lesson drifted from its golden file: a unified diff, or that there is no golden file yet.
    ///
    /// @return empty if it says what it must
    static Optional<String> drift(Run run) {
        Path golden = run.lesson().golden();
        if (!Files.exists(golden)) {
            return Optional.of("%s: is not there yet; read what the lesson says, then: build.java accept %s"
                    .formatted(golden, run.lesson().id()));
        }
        List<String> must = lines(golden);
        List<String> says = says(run, must);
        if (must.equals(says)) return Optional.empty();
        return Optional.of(String.join("\n", UnifiedDiffUtils.generateUnifiedDiff(
                golden.toString(), "this run", must, DiffUtils.diff(must, says), CONTEXT)));
    }

    /// The run, failed if it drifted. One that failed already is left as it is: what it says means little.
    public static Run hold(Run run) {
        return run.failure().isPresent() ? run : drift(run).map(run::failed).orElse(run);
    }

    /// Makes what the lesson says now its golden file.
    ///
    /// @return whether that changed the file
    public static boolean accept(Run run) {
        Path golden = run.lesson().golden();
        List<String> must = Files.exists(golden) ? lines(golden) : List.of();
        List<String> says = says(run, must);
        if (says.equals(must)) return false;
        try {
            Path next = golden.resolveSibling(golden.getFileName() + ".next");
            Files.writeString(next, String.join("\n", says) + "\n");
            Files.move(next, golden, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Fault(Fault.USAGE, "cannot write %s: %s".formatted(golden, e.getMessage()), e);
        }
        return true;
    }

    /// The golden file this run would write. A step that was skipped keeps the section it has.
    static List<String> says(Run run, List<String> must) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + run.lesson().title());
        for (Transcript.Step step : run.transcript().steps()) {
            List<String> known = section(must, step.name());
            List<String> section = step.skipped().isPresent() ? known : GoldenStep.lines(step);
            if (Ran.onCluster(run.transcript())) section = countedAs(known, section);
            if (!section.isEmpty()) lines.add("");
            lines.addAll(section);
        }
        return lines;
    }

    /// A cluster needs a command for each slot where one server needs one for many keys: the counts stay those of one
    /// server.
    private static List<String> countedAs(List<String> known, List<String> section) {
        List<String> counts = known.stream().filter(line -> line.startsWith(GoldenStep.DID)).toList();
        return counts.size() != 1 ? section : section.stream()
                .map(line -> line.startsWith(GoldenStep.DID) ? counts.getFirst() : line).toList();
    }

    private static List<String> section(List<String> must, String step) {
        int start = must.indexOf(GoldenStep.HEADING + step);
        if (start < 0) return List.of();
        int end = start + 1;
        while (end < must.size() && !must.get(end).startsWith(GoldenStep.HEADING)) end++;
        while (must.get(end - 1).isEmpty()) end--;
        return must.subList(start, end);
    }

    private static List<String> lines(Path golden) {
        try {
            return Files.readAllLines(golden);
        } catch (IOException e) {
            throw new Fault(Fault.FAILED, "cannot read %s: %s".formatted(golden, e.getMessage()), e);
        }
    }
}
