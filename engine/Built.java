package engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lab.Event;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What was built, for tools: the content of `course.json`.
///
/// @param valkey version of the Valkey that the lessons ran on, `9.1.2`
/// @param scale  of the FlughafenDB, `0.1`
/// @param guides those that have a script
record Built(String valkey, String jdk, String scale, List<Entry> lessons, List<Entry> guides) {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// @param minutes left out where a guide does not say
    /// @param status  `passed` or `failed`
    /// @param skipped the steps that this Valkey cannot run
    /// @param ms      how long the lesson took; `commands` to Valkey and `sql` statements it sent
    record Entry(String id, String title, String module,
            @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Integer> minutes, String status, List<String> skipped,
            Checks checks, long ms, long commands, long sql) {}

    record Checks(long passed, long failed) {}

    static Built of(Course course, Map<Chapter, Text> texts, List<Run> runs, Bench bench) {
        String jdk = bench.identity().get("JDK").replaceFirst("\\+.*", ""); // without the number of its build
        Map<Boolean, List<Entry>> guides = runs.stream().collect(Collectors.partitioningBy(
                run -> course.guidePages().contains(run.lesson()),
                Collectors.mapping(run -> entry(texts.get(run.lesson()).companion(), run), Collectors.toList())));
        return new Built(bench.version(), jdk, bench.scale(), guides.get(false), guides.get(true));
    }

    private static Entry entry(Companion text, Run run) {
        Lesson lesson = run.lesson();
        Transcript transcript = run.transcript();
        List<String> skipped = transcript.steps().stream().filter(step -> step.skipped().isPresent())
                .map(Transcript.Step::name).toList();
        long checks = transcript.all(Event.Checked.class).count();
        long held = transcript.all(Event.Checked.class).filter(Event.Checked::holds).count();
        return new Entry(lesson.id(), text.title(), lesson.module(), text.minutes(),
                run.failure().isEmpty() ? "passed" : "failed", skipped, new Checks(held, checks - held), run.millis(),
                transcript.commands(), transcript.statements());
    }

    String json() {
        return JSON.writeValueAsString(this) + "\n";
    }
}
