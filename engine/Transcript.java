package engine;

import data.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lab.Event;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What happened in a run, step by step.
///
/// @param began   empty if the script never came to run
/// @param outside what happened before, between and after the steps
/// @param ended   empty if the script was cut short
public record Transcript(Optional<Event.Began> began, List<Step> steps, List<Event.Entry> outside,
        Optional<Event.Ended> ended) {

    /// The transcript of a script that never came to run.
    public static final Transcript EMPTY = new Transcript(Optional.empty(), List.of(), List.of(), Optional.empty());

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// One step.
    ///
    /// @param entries in order of time, of all processes, without the step's own start and end
    /// @param ended   empty if the script was cut short in this step, or the step was skipped
    public record Step(String name, List<Event.Entry> entries, Optional<Event.StepEnded> ended,
            Optional<Event.Skipped> skipped) {

        /// The events of one kind, in order.
        public <T extends Event> Stream<T> all(Class<T> kind) {
            return entries.stream().map(Event.Entry::what).filter(kind::isInstance).map(kind::cast);
        }

        /// How often each thing was done, by all processes together: a Valkey command by name, or `SQL`.
        public SortedMap<String, Long> did() {
            var counts = new TreeMap<String, Long>();
            Tally.of(this).forEach(count -> counts.put(count.name(), count.calls()));
            return counts;
        }
    }

    /// The events of one kind within all steps, in order.
    public <T extends Event> Stream<T> all(Class<T> kind) {
        return steps.stream().flatMap(step -> step.all(kind));
    }

    /// What all steps cost together.
    public Cost cost() {
        return steps.stream().map(Cost::of).reduce(Cost.NOTHING, Cost::plus);
    }

    /// How many SQL statements all steps sent.
    public long statements() {
        return cost().sql();
    }

    /// How many Valkey commands all steps sent.
    public long commands() {
        return cost().commands();
    }

    /// Reads a transcript file. A torn last line, left by a process that was killed, is passed over.
    ///
    /// @return [#EMPTY] if the file is not there
    public static Transcript read(Path file) {
        return of(entries(file));
    }

    /// Groups the entries of all processes into the steps of the first, `main`.
    static Transcript of(List<Event.Entry> entries) {
        var steps = new Steps();
        entries.stream()
                .sorted(Comparator.comparingLong(Event.Entry::at).thenComparing(Event.Entry::actor)
                        .thenComparingLong(Event.Entry::n))
                .forEach(steps::add);
        return steps.transcript();
    }

    private static List<Event.Entry> entries(Path file) {
        if (!Files.exists(file)) return List.of();
        List<Event.Entry> entries = new ArrayList<>();
        int line = 0;
        try {
            String[] lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n");
            for (String json : lines) {
                line++;
                if (line == lines.length && !json.endsWith("}")) break;
                if (!json.isBlank()) entries.add(JSON.readValue(json, Event.Entry.class));
            }
            return entries;
        } catch (IOException | JacksonException e) {
            throw new Fault(Fault.FAILED, "%s:%d: cannot read the transcript: %s"
                    .formatted(file, line, e.getMessage()), e);
        }
    }
}
